import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// A hostile image before the built program: what it said, what it took, and what must hold of both.
struct HostileTrial {
    /// DESIGN, section 9: peak memory, whatever the image.
    static let memoryLimit = 96 << 10

    let bench: Workbench
    let outcome: ProgramRunner.Outcome
    /// KiB at the peak; 0 where nothing here can measure it.
    let peak: Int

    /// Compiles the detectors once, so that no trial measures that.
    private static let isWarm: Bool = {
        guard let bench = try? Workbench(), let image = try? bench.write(Workbench.cleanImage()) else {
            return false
        }
        return (try? bench.audit(image).status) == 0
    }()

    /// Audits what lies at `path`.
    init(_ path: String, in bench: Workbench) throws {
        try #require(Self.isWarm)
        self.bench = bench
        guard let time = ProgramRunner(tool: "time") else {
            outcome = try bench.audit(path)
            peak = 0
            return
        }
        let program = try ProgramRunner(product: "palimpsest").executable
        outcome = try time.run(
            [
                "-f", "%M", "-o", bench.scratch.file("peak"), program, "audit", path, "--as-of",
                Workbench.asOf,
            ],
            environment: bench.environment, workingFolder: bench.scratch.path, seconds: 600)
        let said = String(decoding: try bench.scratch.read("peak"), as: UTF8.self)
        peak = try #require(Int(said.split(separator: "\n").last ?? ""))
    }

    /// Audits a harmless image with these layers on top.
    init(layers: [RawLayer], edit: (inout ImageBuilder) -> Void = { _ in }) throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        for layer in layers { image.layer(raw: layer, createdBy: "COPY . / # buildkit") }
        edit(&image)
        try self.init(try bench.write(image), in: bench)
    }

    var evidence: Evidence {
        get throws {
            let json = try #require(try bench.reports()["evidence.json"], "\(outcome.errorText.prefix(400))")
            return try JSONDecoder().decode(Evidence.self, from: Data(json))
        }
    }

    /// It held on to its memory, and did not crash.
    func expectBounds(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(peak < Self.memoryLimit, "\(peak) KiB", sourceLocation: sourceLocation)
        #expect(outcome.status <= 3, "\(outcome.errorText.prefix(400))", sourceLocation: sourceLocation)
    }

    /// The verdict is withheld for this reason, every byte is accounted for, and so many secrets were found all the same.
    func expectGap(
        _ reason: GapReason, secrets: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        expectBounds(sourceLocation: sourceLocation)
        #expect(outcome.status == 2, "\(outcome.errorText.prefix(400))", sourceLocation: sourceLocation)
        let evidence = try evidence
        let gaps = evidence.gaps.filter(\.reason.blocksPass)
        #expect(
            gaps.contains { $0.reason == reason },
            "\(gaps.prefix(5).map { "\($0.reason) \($0.detail.prefix(200))" })",
            sourceLocation: sourceLocation)
        let fingerprints = Set(evidence.findings.compactMap(\.fingerprint))
        #expect(
            fingerprints.count == secrets,
            "\(gaps.prefix(5).map { "\($0.reason) \($0.detail.prefix(200))" })",
            sourceLocation: sourceLocation)
        expectBalance(evidence, sourceLocation: sourceLocation)
    }

    func expectBalance(_ evidence: Evidence, sourceLocation: SourceLocation = #_sourceLocation) {
        for layer in evidence.layers {
            let skipped = layer.bytesSkipped.reduce(0) { $0 + $1.bytes }
            #expect(
                layer.bytesScanned + skipped == layer.uncompressedSize, "layer \(layer.index ?? -1)",
                sourceLocation: sourceLocation)
        }
    }

    /// It was refused with one clear error and no report.
    func expectRefusal(naming words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        expectBounds(sourceLocation: sourceLocation)
        #expect(outcome.status == 3, "\(outcome.errorText.prefix(400))", sourceLocation: sourceLocation)
        for word in words {
            #expect(
                outcome.errorText.contains(word), "\(outcome.errorText.prefix(400))",
                sourceLocation: sourceLocation)
        }
        #expect(outcome.errorText.utf8.count < 4_000, sourceLocation: sourceLocation)
    }
}

extension RawLayer {
    /// A layer as a plain tar stream.
    static func tar(_ body: (inout RawTar) -> Void) -> RawLayer {
        var tar = RawTar()
        body(&tar)
        return RawLayer(blob: tar.bytes)
    }

    /// The same bytes under this media type, uncompressed to `tar`.
    static func packed(_ blob: [UInt8], _ method: String, of tar: [UInt8]) -> RawLayer {
        RawLayer(
            blob: blob, mediaType: "application/vnd.oci.image.layer.v1.tar+\(method)",
            diffID: StreamedLayer.digest(tar))
    }
}

extension RawTar {
    /// A file with a secret that a built-in rule finds, another for each seed.
    mutating func addSecret(_ name: String, _ seed: UInt64) {
        add(name.utf8, Array("STRIPE=\(Trial.secret(seed))\n".utf8))
    }

    /// Changes the header at `start`, and makes its checksum right.
    mutating func edit(headerAt start: Int, _ change: (inout [UInt8]) -> Void) {
        var header = Array(bytes[start..<(start + 512)])
        change(&header)
        header.replaceSubrange(148..<156, with: Array("        ".utf8))
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(
            148..<156, with: Array((String(repeating: "0", count: 6 - sum.utf8.count) + sum + "\u{0} ").utf8))
        replace(at: start, with: header)
    }
}
