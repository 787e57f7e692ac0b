import Model
import Reporting
import Testing

/// An image as the tests imagine it: evidence, policy and what evaluating came to, written down by hand.
struct ReportCase: Sendable, CustomTestStringConvertible {
    let name: String
    let evidence: Evidence
    let assessment: Assessment
    let policy: Policy

    var report: Report {
        Report(
            evidence: evidence, judged: evidence, assessment: assessment, policy: policy,
            toolVersion: "0.1.0", judging: [])
    }

    var testDescription: String { name }

    static let all: [ReportCase] = [.leakyAgent, .clean, .incomplete, .hostile]

    static let asOf = Instant(seconds: 1_795_428_000)  // 2026-11-23T10:00:00Z
}

/// Digests, ids and layers that look like real ones and are the same in every run.
enum Made {
    static func digest(_ seed: Int) -> Digest { Digest(sha256: bytes(seed)) }

    static func fingerprint(_ seed: Int) -> Fingerprint { Fingerprint(hmac: bytes(seed &* 77)) }

    static func id(_ seed: Int) -> String {
        let hex = Array(Hex.string(bytes(seed &* 31)))
        return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]]
            .map { String($0) }.joined(separator: "-")
    }

    static func layer(_ index: Int) -> Location.LayerReference {
        Location.LayerReference(index: index, digest: digest(100 + index), diffID: digest(200 + index))
    }

    static func layerFacts(
        _ index: Int, history: Int, _ instruction: String?, bytes: Int, origin: Origin, entries: Int = 12,
        scanned: Int? = nil, skipped: [LayerFacts.Skipped] = []
    ) -> LayerFacts {
        LayerFacts(
            index: index, history: history, digest: digest(100 + index), diffID: digest(200 + index),
            mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", size: bytes / 3,
            uncompressedSize: bytes, createdBy: instruction, origin: origin, entries: entries,
            bytesScanned: scanned ?? bytes, bytesSkipped: skipped)
    }

    static func step(_ history: Int, _ instruction: String) -> LayerFacts {
        LayerFacts(index: nil, history: history, createdBy: instruction, origin: .metadata)
    }

    static func receipt(
        _ detector: String, provides: [EvidenceClass], layers: [LayerFacts], target: Digest,
        outcome: Receipt.Outcome = .completed, reason: String? = nil
    ) -> Receipt {
        let coverage = layers.compactMap { layer -> Receipt.Coverage? in
            guard let index = layer.index, let diffID = layer.diffID else { return nil }
            return Receipt.Coverage(index: index, diffID: diffID, bytes: layer.bytesScanned)
        }
        return Receipt(
            detector: detector, tool: "palimpsest", version: "0.1.0", rules: digest(9), target: target,
            provides: provides, layers: coverage, metadata: true, outcome: outcome, reason: reason)
    }

    /// Bytes from a small generator: alike in nothing, and the same on every machine.
    private static func bytes(_ seed: Int) -> [UInt8] {
        var state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 &+ 1
        return (0..<32).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 24)
        }
    }
}
