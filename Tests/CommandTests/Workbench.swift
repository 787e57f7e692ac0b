import FoundationEssentials
import ImageWriting
import TestSupport

/// A folder for one test with the built program, a fingerprint key and images to try it on.
struct Workbench {
    /// Fixed, so that output can be compared between runs.
    static let key = String(repeating: "5a", count: 32)
    static let asOf = "2026-11-23T10:00:00Z"

    /// Compiled detectors, shared by all tests: what is under test is not how long compiling takes.
    private static let cache = try? ScratchFolder()

    let scratch: ScratchFolder
    private let program: ProgramRunner

    /// What the program is run with.
    var environment: [String: String] {
        ["PALIMPSEST_FINGERPRINT_KEY": Self.key, "NO_COLOR": "1", "XDG_CACHE_HOME": Self.cache?.path ?? ""]
    }

    init() throws {
        scratch = try ScratchFolder()
        program = try ProgramRunner(product: "palimpsest")
    }

    /// Runs the program in the scratch folder.
    func run(
        _ arguments: String..., more: [String] = [], input: [UInt8] = [], environment: [String: String] = [:],
        seconds: Double = 120
    ) throws -> ProgramRunner.Outcome {
        try program.run(
            alone(arguments + more, environment), input: input,
            environment: self.environment.merging(environment) { $1 }, workingFolder: scratch.path,
            seconds: seconds)
    }

    /// Runs the program in the scratch folder.
    func run(_ arguments: [String]) throws -> ProgramRunner.Outcome {
        try program.run(alone(arguments, [:]), environment: environment, workingFolder: scratch.path)
    }

    /// What one test saw of a layer must not hide what another does to it, unless that is what a test is about.
    private func alone(_ arguments: [String], _ environment: [String: String]) -> [String] {
        let reads = arguments.first == "audit" || arguments.first == "inspect"
        return reads && environment["XDG_CACHE_HOME"] == nil ? arguments + ["--no-layer-cache"] : arguments
    }

    /// Audits at the fixed instant.
    func audit(_ image: String, _ more: String..., environment: [String: String] = [:]) throws
        -> ProgramRunner.Outcome
    {
        try program.run(
            alone(["audit", image, "--as-of", Self.asOf] + more, environment),
            environment: self.environment.merging(environment) { $1 }, workingFolder: scratch.path)
    }

    /// The demo image in this form; gives its reference.
    func demo(_ format: ImageFormat = .ociLayout, compression: String = "gzip", to name: String = "demo")
        throws -> String
    {
        let outcome = try ProgramRunner(product: "demo-image").run([
            scratch.file(name), "--format", format.rawValue, "--compression", compression,
        ])
        guard outcome.status == 0 else { throw ProgramRunner.Failure(description: outcome.errorText) }
        return scratch.file(name)
    }

    /// Every secret that the demo image holds, as its maker lists them.
    func demoSecrets() throws -> [String] {
        let outcome = try ProgramRunner(product: "demo-image").run(["--print-secrets"])
        return outcome.outputText.split(separator: "\n").map(String.init)
    }

    /// An image with nothing wrong in it.
    static func cleanImage() -> ImageBuilder {
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        var base = LayerBuilder()
        base.folder("etc")
        base.file("etc/os-release", "ID=debian\n")
        base.file(
            "etc/passwd", "root:x:0:0:root:/root:/usr/sbin/nologin\napp:x:1000:1000::/app:/usr/sbin/nologin\n"
        )
        image.layer(base, createdBy: "ADD rootfs.tar / # buildkit")
        image.emptyStep(createdBy: "CMD [\"sh\"]")
        var app = LayerBuilder()
        app.file("app/main.py", "print('hello')\n")
        image.layer(app, createdBy: "COPY . /app # buildkit")
        image.runtime.user = "1000"
        return image
    }

    /// Writes `image` as an OCI layout, or in another form, and gives its path.
    func write(_ image: ImageBuilder, as format: ImageFormat = .ociLayout, to name: String = "image") throws
        -> String
    {
        _ = try ImageBundle(image, name: "image:latest").write(to: scratch.file(name), as: format)
        return scratch.file(name)
    }

    /// The one folder that an audit made below `reports`.
    func reportFolder(_ reports: String = "reports") throws -> String {
        guard let name = try scratch.names(in: reports).first else {
            throw ProgramRunner.Failure(description: "no report folder")
        }
        return "\(reports)/\(name)"
    }

    /// The reports by file name.
    func reports(_ reports: String = "reports") throws -> [String: [UInt8]] {
        let folder = try reportFolder(reports)
        return try Dictionary(
            uniqueKeysWithValues: scratch.names(in: folder).map { ($0, try scratch.read("\(folder)/\($0)")) })
    }

    /// All that an audit gave to see: the reports by file name, and what it wrote to its two streams.
    func outputs(of outcome: ProgramRunner.Outcome) throws -> [String: [UInt8]] {
        var outputs = try reports()
        outputs["standard output"] = outcome.output
        outputs["standard error"] = outcome.errors
        return outputs
    }

    /// The largest blob of a layout: a layer.
    func largestBlob(of layout: String) throws -> String {
        let folder = layout + "/blobs/sha256"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).map { folder + "/" + $0 }
        func size(_ path: String) -> Int { (try? Data(contentsOf: URL(filePath: path)).count) ?? 0 }
        return names.max { size($0) < size($1) } ?? folder
    }
}
