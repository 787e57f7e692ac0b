import Detection
import Foundation
import Model
import PolicyLoading
import Reporting
import ResultImporting

/// Reads files of other tools' results from where they are.
struct ResultFiles {
    private let mapping: ResultMapping
    private let key: FingerprintKey
    private let scanner: ImageScanner

    init(_ mapping: ResultMapping, key: FingerprintKey, scanner: ImageScanner) {
        self.mapping = mapping
        self.key = key
        self.scanner = scanner
    }

    /// Everything that is given, in order.
    func read(_ sources: [ResultSelection.Source]) throws(AuditError) -> [GivenResults] {
        var given: [GivenResults] = []
        for source in sources { given.append(try read(source)) }
        return given
    }

    func read(_ source: ResultSelection.Source) throws(AuditError) -> GivenResults {
        let place = source.path == "-" ? "standard input" : source.path
        let stream = ResultStream(try open(source.path, place))
        let run = source.path == "-" ? nil : try RunReceipt.beside(source.path)
        let read = try read(source.format ?? run?.formatOfNothing, from: stream.next, place)
        let digest = stream.digest()
        if let run, run.output != digest {
            throw AuditError(
                code: .brokenResults, place: place,
                reason: "the receipt beside it is of a run that wrote something else")
        }
        return assess(read, place: place, digest: digest, run: run?.facts)
    }

    /// What is given piece by piece, without anything that may not be shown.
    func read(
        _ format: String?, from next: @escaping () throws(ImportError) -> [UInt8], _ place: String
    ) throws(AuditError) -> ImportedResults {
        let key = key
        do throws(ResultReader.Refusal) {
            return masked(
                try ResultReader.read(
                    format: format, mapping: mapping, from: next,
                    fingerprint: { key.fingerprint(of: $0.span) }))
        } catch {
            throw Self.failure(error, place)
        }
    }

    private func open(_ path: String, _ place: String) throws(AuditError) -> FileHandle {
        if path == "-" { return .standardInput }
        var isFolder = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder {
            throw AuditError(
                code: .unreadableResults, place: place,
                reason: "is a folder, where a file of results is wanted")
        }
        do {
            return try FileHandle(forReadingFrom: URL(filePath: path))
        } catch {
            throw AuditError(
                code: .unreadableResults, place: place,
                reason: FileFailure.words(error) + Self.advice(on: path))
        }
    }

    /// The format that was probably meant, where what stands before a colon is none.
    private static func advice(on path: String) -> String {
        let parts = path.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, !parts[0].contains("/"),
            FileManager.default.fileExists(atPath: String(parts[1]))
        else { return "" }
        let meant = Suggestion.nearest(to: String(parts[0]), among: Importers.formats.map(\.id))
        return "; there is no format \"\(SafeText.cleaning(String(parts[0]), limit: 40))\""
            + (meant.map { ", did you mean \($0)?" } ?? "")
    }

    /// How much of what the tool could have said this is.
    func assess(
        _ read: ImportedResults, place: String, digest: Digest, run: ImportFacts.Run?
    ) -> GivenResults {
        var reasons: [String] = []
        var outcome = Receipt.Outcome.completed
        if let failure = read.failure {
            outcome = .failed
            reasons.append(
                failure.code == .truncated ? "its results were cut off" : "its results could not be read")
        }
        if let run, !mapping.exitStatuses(of: read.tool).contains(run.exitStatus) {
            outcome = .failed
            reasons.append("it ended with status \(run.exitStatus)")
        } else if let run, read.records == 0, mapping.foundStatuses(of: read.tool).contains(run.exitStatus) {
            // Some tools end so in an error as well, and then write what they write where they find nothing.
            reasons.append(
                "it ended with status \(run.exitStatus), as where it finds something, and lists nothing")
        }
        let isSilent = run == nil && read.records == 0 && (read.isBlank || read.format == "trufflehog")
        if isSilent { reasons.append("it wrote nothing, as it does where it crashes") }
        reasons += read.troubles.map { "it \($0)" }
        if !read.faults.isEmpty { reasons.append("some of its results could not be understood") }
        if !reasons.isEmpty, outcome == .completed { outcome = .incomplete }
        return GivenResults(
            place: scanner.mask(place), digest: digest, results: read, run: run,
            shortfall: reasons.isEmpty ? nil : reasons.joined(separator: "; "), outcome: outcome,
            readBy: mapping.changes(of: read.tool))
    }

    /// The results without anything that our own rules take for a secret.
    private func masked(_ read: ImportedResults) -> ImportedResults {
        var read = read
        // Titles and packages repeat; looking at each once is enough.
        var known: [String: String] = [:]
        func mask(_ text: String) -> String {
            if let masked = known[text] { return masked }
            let masked = scanner.mask(text)
            if known.count < 20_000 { known[text] = masked }
            return masked
        }
        read.mask(mask)
        return read
    }

    private static func failure(_ refusal: ResultReader.Refusal, _ place: String) -> AuditError {
        switch refusal {
        case .unreadable(let error):
            AuditError(code: .unreadableResults, place: place, reason: error.reason)
        case .empty:
            AuditError(
                code: .unknownResults, place: place,
                reason: "is empty, so whose results it holds is not known")
        case .anonymousList:
            AuditError(
                code: .anonymousResults, place: place, reason: "is an empty list, which several tools write")
        case .unknown:
            AuditError(
                code: .unknownResults, place: place, reason: "holds no results in a form that is known")
        }
    }
}
