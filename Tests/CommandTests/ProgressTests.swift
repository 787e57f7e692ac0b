import Foundation
import ImageWriting
import TestSupport
import Testing

/// How far an audit is, as a terminal and a log show it.
struct ProgressTests {
    private static func onTerminal(
        _ bench: Workbench, _ arguments: String..., width: Int? = 80, environment: [String: String] = [:],
        interruptWhen isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
    ) throws -> PseudoTerminal.Outcome {
        try PseudoTerminal.run(
            try ProgramRunner(product: "palimpsest"), ["audit", "--as-of", Workbench.asOf] + arguments,
            environment: Trial.environment.merging(environment) { $1 }, width: width,
            workingFolder: bench.scratch.path, interruptWhen: isEnough)
    }

    /// An image with one layer that takes longer than a test, and no room on the disk.
    private static func longImage(_ bench: Workbench) throws -> String {
        let size = 8_000_000_000
        var layer = RawTar()
        layer.add("srv/data".utf8, claimedSize: size - 512)
        let blob = Array(layer.bytes.prefix(512))
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        image.layer(raw: RawLayer(blob: blob, size: size), createdBy: "COPY data /srv")
        let path = try bench.write(image)
        let files = try bench.scratch.names(in: "image/blobs/sha256").map { "image/blobs/sha256/\($0)" }
        let file = try #require(try files.first { try bench.scratch.read($0) == blob })
        let handle = try FileHandle(forWritingTo: URL(filePath: bench.scratch.file(file)))
        try handle.truncate(atOffset: UInt64(size))
        return path
    }

    @Test(
        "a terminal of any width gets one line that fits it, and nothing of it stays",
        arguments: [80, 40, 20, 5, nil] as [Int?])
    func width(_ width: Int?) throws {
        let bench = try Workbench()
        let outcome = try Self.onTerminal(
            bench, try bench.demo(), width: width, environment: ["COLUMNS": "33"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("FAIL"))
        #expect(!outcome.drawn.isEmpty && !outcome.written.contains("\n"))
        #expect(outcome.drawn.allSatisfy { $0.count < width ?? 33 }, "\(outcome.drawn)")
        #expect(outcome.remains == [], "\(outcome.written)")
    }

    @Test("bytes move within a layer, and an interrupt leaves nothing behind")
    func interrupt() throws {
        let bench = try Workbench()
        let outcome = try Self.onTerminal(bench, try Self.longImage(bench)) {
            $0.components(separatedBy: " left").count > 4
        }
        #expect(outcome.status == 128 + 2)
        #expect(outcome.remains == [], "\(outcome.written)")
        let lines = outcome.drawn.filter { $0.contains("left") }
        #expect(lines.allSatisfy { $0.contains("0/1 layers, ") && $0.contains(" of 8.0 GB") }, "\(lines)")
        #expect(Set(lines).count == lines.count, "\(lines)")
    }

    @Test("the line is gone before an error is told")
    func error() throws {
        let bench = try Workbench()
        let outcome = try Self.onTerminal(bench, try bench.demo(), "oci:missing", "oci:missing-too")
        #expect(outcome.status == 3)
        #expect(!outcome.drawn.isEmpty)
        #expect(outcome.remains.count { $0.hasPrefix("error: oci:missing") } == 2, "\(outcome.written)")
        #expect(
            outcome.remains.allSatisfy { line in
                ["error: ", "help: ", "    "].contains { line.hasPrefix($0) }
            })
    }

    @Test("a log gets one line a layer, which says of which image, and holds no secret and no command")
    func log() throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        image.platform.architecture = "\u{1b}[31m\n::error::x"
        var layer = LayerBuilder()
        layer.file("srv/key.env", "STRIPE=\(Trial.secret(1))\n")
        layer.file("srv/broken.zip", Array("PK\u{3}\u{4}broken".utf8))
        image.layer(layer, createdBy: "COPY . /srv")
        let first = try bench.write(image, to: "first")
        let second = try bench.write(Workbench.cleanImage(), to: Trial.secret(2))
        let outcome = try bench.audit(first, second, "--platform", "all", "--workers", "1")
        let lines = outcome.errorText.split(separator: "\n").map(String.init)
        #expect(lines.count == 5, "\(outcome.errorText)")
        let marks = ["1 of 3", "2 of 3", "3 of 3", "1 of 2", "2 of 2"]
        for (line, mark) in zip(lines, marks) {
            #expect(line.contains(": \(mark) layers read: layer ") && line.contains(" sha256:"), "\(line)")
            #expect(line.hasPrefix(first + " ") == mark.hasSuffix("3"))
        }
        #expect(lines.count { $0.contains("layer 2 ") && $0.hasSuffix(", 1 finding, 1 gap") } == 1)
        #expect(!outcome.errorText.contains(Trial.secret(2)) && !outcome.errorText.contains("\u{1b}"))
    }

    @Test("a layer that is known from an image before is told of all the same")
    func repeated() throws {
        let bench = try Workbench()
        let images = try ["a", "b"].map { try bench.write(Workbench.cleanImage(), to: $0) }
        let lines = try bench.audit(images[0], images[1]).errorText.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines.map { $0.hasSuffix(", 0 findings, known from before") } == [false, false, true, true],
            "\(lines)")
    }

    @Test("quiet shows nothing, on a terminal and in a log")
    func quiet() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        let terminal = try Self.onTerminal(bench, image, "--quiet")
        #expect(terminal.status == 1 && terminal.written.isEmpty && terminal.output.isEmpty)
        let log = try bench.audit(image, "--quiet")
        #expect(log.status == 1 && log.errors.isEmpty && log.output.isEmpty)
    }

    @Test("a terminal that can do nothing gets the lines of a log")
    func dumb() throws {
        let bench = try Workbench()
        let outcome = try Self.onTerminal(bench, try bench.demo(), environment: ["TERM": "dumb"])
        #expect(outcome.remains.count == 10 && !outcome.written.contains("\u{1b}"))
        #expect(outcome.remains.allSatisfy { $0.contains(" layers read: layer ") })
    }

    @Test("reports and standard output are the same whatever is shown beside them")
    func sameBytes() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        let terminal = try Self.onTerminal(bench, image, "-o", "same")
        let onTerminal = try bench.reports("same")
        let log = try bench.audit(image, "-o", "same")
        #expect(terminal.output == log.outputText)
        #expect(try bench.reports("same") == onTerminal)
        _ = try bench.audit(image, "-o", "same", "--quiet")
        #expect(try bench.reports("same") == onTerminal && onTerminal.count == 5)
    }
}
