import Archives
import Cryptography
import Detection
import FoundationEssentials
import ImageReading
import ImageWriting
import Model
import Reporting
import Synchronization
import TestSupport

@testable import Pipeline

/// One detector rule made up for these tests, and images and files to try it on.
enum Samples {
    /// Finds `tok_` and twenty letters or digits.
    static let detectors: DetectorSet = {
        do {
            return try DetectorSet.compile([rule], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    private static let rule = rule(.serviceCredential)
    /// The same, of a kind that packages really ship.
    static let genericRule = rule(.genericCredential)

    static func rule(
        _ kind: FindingKind, pattern: String = #"\btok_[a-zA-Z0-9]{20}\b"#, prefix: String = "tok_"
    ) -> DetectorRule {
        DetectorRule(
            id: "test.token", title: "Token", kind: kind, severity: .high, confidence: .high,
            pattern: pattern, publicPrefix: prefix, minimumEntropy: nil, checksum: nil,
            paths: [], fields: [], allow: [], expiresByDesign: nil, remediation: "revoke it",
            reference: "https://example.com", examples: [], counterexamples: [], source: "test.yaml:1")
    }

    /// A token that the rule finds, another for each seed.
    static func token(_ seed: UInt64 = 1) -> String {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return "tok_" + String((0..<20).compactMap { _ in alphabet.randomElement(using: &generator) })
    }

    /// Text of `count` bytes in which nothing is to be found.
    static func filler(_ count: Int) -> [UInt8] {
        let line = Array("the quick brown fox jumps over the lazy dog\n".utf8)
        return (0..<count).map { line[$0 % line.count] }
    }

    /// What is found in a file of a layer.
    static func inspect(
        _ content: [UInt8], at path: String = "srv/file", limit: ExpansionLimit = ExpansionLimit()
    ) throws -> FileInspection.Result {
        let entry = FileEntry(
            path: EntryPath(path), kind: .file, size: content.count, mode: 0o644, owner: 0, group: 0)
        return try FileInspection(detectors: detectors, limit: limit)
            .inspect(entry, content: MemoryByteSource(content))
    }

    /// An archive of files by name.
    static func archive(_ format: ArchiveWriter.Format, _ files: (name: String, content: [UInt8])...) throws
        -> [UInt8]
    {
        try ArchiveWriter.bytes(
            format,
            files.map {
                (
                    ArchiveEntryHeader(
                        name: Array($0.name.utf8), kind: .file(size: $0.content.count), mode: 0o644),
                    $0.content
                )
            })
    }

    /// The evidence of `image`, written and read as an OCI layout.
    static func evidence(
        of image: ImageBuilder, detectors: DetectorSet = Samples.detectors, workers: Int = 2,
        damage: (ScratchFolder) throws -> Void = { _ in }
    ) async throws -> Evidence {
        let scratch = try ScratchFolder()
        _ = try ImageBundle(image, name: "trial:1").write(to: scratch.file("image"), as: .ociLayout)
        try damage(scratch)
        let opened = try ImageSelection.open(scratch.file("image"), platform: "all")
        return try await Inspection.run(
            opened[0], detectors: detectors, workers: workers, memory: LayerMemory()
        ) { _ in }.evidence
    }

    /// The evidence of an opened image, and which of its layers were known and not looked at.
    static func evidence(
        of image: Image, detectors: DetectorSet = Samples.detectors, memory: LayerMemory
    ) async throws -> (evidence: Evidence, known: [Int]) {
        let known = Mutex<Set<Int>>([])
        let evidence = try await Inspection.run(image, detectors: detectors, workers: 2, memory: memory) {
            progress in
            guard case .layerRead(let layer) = progress, layer.isKnown else { return }
            _ = known.withLock { $0.insert(layer.index) }
        }.evidence
        return (evidence, known.withLock { $0.sorted() })
    }

    static func digest(_ bytes: [UInt8]) -> String { Digest(sha256: SHA256Hasher.hash(bytes)).text }

    /// The document as it is stored.
    static func json(_ evidence: Evidence) throws -> String {
        String(decoding: try ReportFiles.bytes(of: evidence), as: UTF8.self)
    }
}

extension FileInspection.Result {
    var findings: [SightedFinding] {
        sightings.compactMap { if case .finding(let finding) = $0 { finding } else { nil } }
    }

    var reasons: [GapReason] { gaps.map(\.reason) }
}

extension LayerFacts {
    var isBalanced: Bool { bytesScanned + bytesSkipped.reduce(0) { $0 + $1.bytes } == uncompressedSize }
}

extension Evidence {
    var isBalanced: Bool { layers.allSatisfy { $0.isBalanced } }

    var isComplete: Bool { receipts.allSatisfy { $0.outcome == .completed } }
}
