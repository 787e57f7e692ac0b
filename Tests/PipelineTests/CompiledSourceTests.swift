import Archives
import Cryptography
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What stands in the source of a package's Python module stands in what is compiled of it too, which no package holds.
struct CompiledSourceTests {
    private static let source = "usr/lib/python3/dist-packages/tool/test_keys.py"
    private static let compiled = "usr/lib/python3/dist-packages/tool/__pycache__/test_keys.cpython-311.pyc"

    private enum Case: CaseIterable {
        case same, otherSecret, changedSource, noSource, elsewhere
    }

    @Test(
        "a secret in a compiled module is none if the source is a package's and has it too",
        arguments: Case.allCases)
    private func compiled(_ situation: Case) async throws {
        let source = Self.module(seed: 1)
        let compiled = try ProgramPartsTests.compiled(
            situation == .otherSecret ? Self.module(seed: 2) : source)
        var layer = LayerBuilder()
        if situation != .noSource {
            let content = situation == .changedSource ? source + "#" : source
            layer.file(.init(stringLiteral: Self.source), .bytes(Array(content.utf8)))
        }
        let place = situation == .elsewhere ? "srv/__pycache__/test_keys.cpython-311.pyc" : Self.compiled
        layer.file(.init(stringLiteral: place), .bytes(compiled))
        let sum = Hex.string(ContentDigests(of: Array(source.utf8).span).md5)
        layer.file("var/lib/dpkg/info/python3-tool.md5sums", "\(sum)  \(Self.source)\n")
        layer.file(
            "var/lib/dpkg/status",
            "Package: python3-tool\nVersion: 1.2-3\nMaintainer: Debian Tools <tools@lists.debian.org>\n\n")
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer, createdBy: "# debian.sh --arch 'amd64'")
        let detectors = try DetectorSet.compile(
            [Samples.genericRule], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
        let evidence = try await Samples.evidence(of: image, detectors: detectors)

        #expect(evidence.findings.contains { $0.location.path == EntryPath(place) } == (situation != .same))
        guard situation == .same else { return }
        #expect(evidence.findings.isEmpty)
        let item = try #require(
            evidence.inventory.first { $0.type == .packageFile && $0.location.path == EntryPath(place) })
        #expect(item.attributes["package"] == .text("python3-tool"))
        #expect(item.attributes["packageFile"] == .text("/" + Self.source))
    }

    private static func module(seed: UInt64) -> String {
        "ANSWER = 'token: \(Samples.token(seed))'\n"
    }
}
