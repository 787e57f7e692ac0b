// swift-tools-version: 6.2
import PackageDescription

/// C libraries from Debian; each is a module map and a shim, and is imported by one module only.
let systemLibraries: [Target] = [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CVectorscan", pkgConfig: "libhs", providers: [.apt(["libvectorscan-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    // Is loaded when a server is asked; nothing is linked. Needs libcurl4-openssl-dev.
    .target(name: "CLibCurl"),
    // toml++ is C++; two functions of our own stand before it.
    .target(name: "CTOML", linkerSettings: [.linkedLibrary("tomlplusplus")]),
]

/// The shipped YAML and templates, embedded in the binary so that it can be moved anywhere.
let embedded: [Target] = [
    .executableTarget(name: "EmbedTool", dependencies: ["YAMLDocuments"]),
    .plugin(
        name: "EmbedPlugin", capability: .buildTool(), dependencies: ["EmbedTool"],
        path: "Sources/EmbedPlugin"),
    .target(name: "BuiltinPolicies", path: "Policies", plugins: ["EmbedPlugin"]),
    .target(name: "BuiltinTemplates", path: "Templates", plugins: ["EmbedPlugin"]),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

/// In the order of the flow; `ArchitectureTests` holds the import lines against the same table.
let modules: [Target] = [
    .target(name: "Model"),
    .target(name: "YAMLDocuments", dependencies: ["CLibYAML"]),
    .target(name: "XMLDocuments", dependencies: ["CLibXML2"]),
    .target(name: "TOMLDocuments", dependencies: ["CTOML"]),
    .target(name: "JSONDocuments"),
    .target(name: "Patterns", dependencies: ["CPCRE2"]),
    .target(name: "Cryptography", dependencies: ["CLibCrypto"]),
    .target(name: "SQLiteDatabases", dependencies: ["CSQLite"]),
    .target(name: "Archives", dependencies: ["CLibArchive", "CISAL"]),
    .target(name: "HTTP", dependencies: ["Archives", "CLibCurl"]),
    .target(name: "PolicyLoading", dependencies: ["Model", "YAMLDocuments", "TOMLDocuments", "Patterns"]),
    .target(name: "ImageReading", dependencies: ["Model", "Cryptography", "Archives", "HTTP"]),
    .target(name: "ImageWriting", dependencies: ["Cryptography", "Archives"]),
    .target(name: "Detection", dependencies: ["Model", "Cryptography", "Patterns", "CVectorscan"]),
    .target(name: "ResultImporting", dependencies: ["Model", "XMLDocuments"]),
    .target(name: "Evaluation", dependencies: ["Model"]),
    .target(
        name: "Reporting",
        dependencies: [
            "Model", "XMLDocuments", "JSONDocuments", "Cryptography", "BuiltinTemplates", mustache,
        ]),
    .target(name: "Bundling", dependencies: ["Model", "JSONDocuments", "Cryptography", "Archives"]),
    .target(
        name: "Pipeline",
        dependencies: [
            "Model", "PolicyLoading", "ImageReading", "Archives", "Detection", "ResultImporting",
            "Evaluation", "Reporting", "Bundling", "JSONDocuments", "Cryptography", "SQLiteDatabases",
            "BuiltinPolicies",
        ]),
    .executableTarget(name: "palimpsest", dependencies: ["Pipeline", "Model", argumentParser]),
    .executableTarget(
        name: "demo-image", dependencies: ["ImageWriting", "Archives", "Cryptography"],
        path: "Sources/DemoImage"),
]

/// One test target for each module with behaviour of its own, and three that look at the whole.
let tests: [Target] = [
    .target(name: "TestSupport", dependencies: ["Reporting", "Model"], path: "Tests/TestSupport"),
    .testTarget(name: "ModelTests", dependencies: ["Model"]),
    .testTarget(name: "PatternsTests", dependencies: ["Patterns"]),
    .testTarget(name: "YAMLDocumentsTests", dependencies: ["YAMLDocuments"]),
    .testTarget(name: "TOMLDocumentsTests", dependencies: ["TOMLDocuments"]),
    .testTarget(name: "XMLDocumentsTests", dependencies: ["XMLDocuments"]),
    .testTarget(name: "JSONDocumentsTests", dependencies: ["JSONDocuments", "TestSupport"]),
    .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "TestSupport"]),
    .testTarget(name: "SQLiteDatabasesTests", dependencies: ["SQLiteDatabases", "TestSupport"]),
    .testTarget(name: "ArchivesTests", dependencies: ["Archives", "TestSupport"]),
    .testTarget(name: "HTTPTests", dependencies: ["HTTP", "Archives", "TestSupport"]),
    .testTarget(
        name: "PolicyLoadingTests", dependencies: ["PolicyLoading", "YAMLDocuments", "Model", "TestSupport"]),
    .testTarget(
        name: "ImageReadingTests",
        dependencies: [
            "ImageReading", "ImageWriting", "Archives", "Cryptography", "Model", "TestSupport",
        ]),
    .testTarget(
        name: "ImageWritingTests",
        dependencies: ["ImageWriting", "Archives", "Cryptography", "demo-image", "TestSupport"]),
    .testTarget(name: "DetectionTests", dependencies: ["Detection", "Cryptography", "Model", "TestSupport"]),
    .testTarget(
        name: "ResultImportingTests",
        dependencies: ["ResultImporting", "Cryptography", "Model", "TestSupport"]),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "Model", "TestSupport"]),
    .testTarget(
        name: "ReportingTests",
        dependencies: [
            "Reporting", "XMLDocuments", "JSONDocuments", "Cryptography", "Model", "TestSupport",
        ]),
    .testTarget(name: "BundlingTests", dependencies: ["Bundling", "Archives", "Model"]),
    .testTarget(
        name: "PolicyTests",
        dependencies: [
            "PolicyLoading", "Pipeline", "Evaluation", "Detection", "BuiltinPolicies", "Cryptography",
            "Model", "YAMLDocuments", "TestSupport",
        ]),
    .testTarget(
        name: "PipelineTests",
        dependencies: [
            "Pipeline", "ImageReading", "Detection", "ResultImporting", "Evaluation", "Archives",
            "Reporting", "Bundling", "ImageWriting", "Cryptography", "Model", "TestSupport",
        ]),
    .testTarget(
        name: "CommandTests",
        dependencies: [
            "palimpsest", "demo-image", "Pipeline", "ImageWriting", "Archives", "Cryptography", "Model",
            "YAMLDocuments", "TestSupport",
        ], exclude: ["gauntlet"]),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"]),
]

let package = Package(
    name: "palimpsest",
    products: [.executable(name: "palimpsest", targets: ["palimpsest"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: systemLibraries + embedded + modules + tests,
    swiftLanguageModes: [.v6]
)

for target in package.targets
where target.type != .system && target.type != .plugin && !["CLibCurl", "CTOML"].contains(target.name) {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .strictMemorySafety(),
            .treatAllWarnings(as: .error),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
        ]
}
