import Detection
import Evaluation
package import Model
import Reporting

/// Compares what audits of the same images left behind, and lays out what came of it.
package enum AuditDiff {
    package struct Result: Sendable {
        /// The comparison in the format asked for; what came out in a line, where it was written to a file.
        package let bytes: [UInt8]
        /// What occurred of that on which the run fails.
        package let occurred: [Change]
        /// Whether everything could be compared.
        package let isComplete: Bool
        /// What whoever asked should know beside the comparison.
        package let notes: [String]
    }

    package static func run(_ request: DiffRequest) throws(AuditError) -> Result {
        var reading = try AuditDocument.Reading(request)
        var documents: [AuditDocument] = []
        for path in request.documents { documents.append(try AuditDocument.read(path, &reading)) }
        let difference = try compare(documents)
        let bytes: [UInt8]
        do throws(ReportError) {
            bytes = try (DifferenceFormat(rawValue: request.format) ?? .text).write(
                difference, failing: request.failing, color: request.color && request.output == nil)
        } catch {
            throw Publication.failure(error)
        }
        if let output = request.output { try Publication.save(bytes, to: output) }
        let summary = DifferenceFormat.summary(of: difference, failing: request.failing) + "\n"
        return Result(
            bytes: request.output == nil ? bytes : Array(summary.utf8),
            occurred: difference.occurred(of: request.failing), isComplete: difference.isComplete,
            notes: strangers(documents))
    }

    /// Only images are compared whatever they are called, which may be what was meant, and may not.
    private static func strangers(_ documents: [AuditDocument]) -> [String] {
        zip(documents, documents.dropFirst()).compactMap { before, after in
            guard before.images.count == 1, after.images.count == 1 else { return nil }
            let images = [before.images[0].image, after.images[0].image]
            guard images[0].slug != images[1].slug else { return nil }
            let names = images.map { SafeText.cleaning($0.name, limit: 200).text }
            return "\(names[0]) and \(names[1]) are compared, though neither is called as the other"
        }
    }

    /// The last of `documents` held against the one before it; those before that are what it can be reopened from.
    static func compare(_ documents: [AuditDocument]) throws(AuditError) -> AuditDifference {
        guard documents.count > 1, let after = documents.last else {
            throw AuditError(code: .brokenEvidence, place: "", reason: "there is nothing to compare with")
        }
        let before = documents[documents.count - 2]
        let earlier = documents.dropLast(2)
        for other in documents.dropLast() { try requireKey(other, after) }
        let ruleSets = try ruleSets(documents)
        var history: [[ImagePairing.Pair]] = []
        for document in earlier { history.append(try pairs(document, after)) }
        var images: [ImageDifference] = []
        for pair in try pairs(before, after) {
            let past = history.compactMap { pairs in
                pairs.first { $0.after != nil && $0.after?.image == pair.after?.image }?.before
            }
            images.append(
                ImageComparer.compare(pair.before, pair.after, earlier: past, ruleSets: ruleSets))
        }
        return AuditDifference(
            before: before.told, after: after.told, earlier: earlier.map(\.told), images: images)
    }

    private static func pairs(
        _ before: AuditDocument, _ after: AuditDocument
    ) throws(AuditError) -> [ImagePairing.Pair] {
        do throws(ImagePairing.Ambiguity) {
            return try ImagePairing.pairs(before.images, after.images)
        } catch {
            let name = SafeText.cleaning("\(error.name) for \(error.platform)", limit: 300)
            throw AuditError(
                code: .brokenEvidence, place: "\(before.place), \(after.place)",
                reason: "several images are called \(name), and nothing tells which is which")
        }
    }

    /// Throws where fingerprints are of different keys, under which equal secrets are not equal.
    private static func requireKey(_ before: AuditDocument, _ after: AuditDocument) throws(AuditError) {
        let own = Set(after.images.compactMap(\.evidence?.fingerprintKey))
        let theirs = Set(before.images.compactMap(\.evidence?.fingerprintKey))
        guard let key = theirs.union(own).sorted().first, theirs.union(own).count > 1 else { return }
        let others = theirs.union(own).subtracting([key]).sorted().joined(separator: ", ")
        throw AuditError(
            code: .foreignBaseline, place: before.place,
            reason: "its fingerprints and those of \(after.place) are of several keys (\(key), \(others)): "
                + "equal secrets cannot be told")
    }

    /// The rules of this program by the digest of their set, where that tells whether a detector still has one.
    private static func ruleSets(_ documents: [AuditDocument]) throws(AuditError) -> [Digest: Set<String>] {
        let used = Set(
            documents.flatMap(\.images).compactMap(\.evidence).flatMap(\.receipts)
                .filter { $0.imported == nil }.compactMap(\.rules))
        guard used.count > 1 else { return [:] }
        let rules = try PolicySources.detectors(adding: []).rules
        return [DetectorSet.digest(of: rules): Set(rules.map(\.id))]
    }
}
