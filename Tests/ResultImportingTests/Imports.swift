import Cryptography
import Model
import Testing
import TestSupport

@testable import ResultImporting

/// Reads results from memory, in pieces of any size.
enum Imports {
    static let key = Array(repeating: 7 as UInt8, count: 32)

    /// The fingerprint of `secret` under the tests' key.
    static func fingerprint(_ secret: String) -> Fingerprint { fingerprint(Array(secret.utf8)) }

    private static let unrated = [
        "unknown", "fatal", "error", "warn*", "note", "negligible", "ignore", "style", "score *",
    ]

    /// No tool's words mean anything, but for those that rate a finding.
    static let mapping = ResultMapping(
        given: [],
        shipped: [
            ImporterRules(
                tools: [Glob("*")],
                ratings: Severity.allCases.map { .init(words: [Glob($0.rawValue)], severity: $0) }
                    + [.init(words: unrated.map { Glob($0) }, severity: nil)],
                kinds: [],
                exitStatuses: nil, source: "")
        ])

    static func read(
        _ bytes: [UInt8], as format: String? = nil, piece: Int = 1 << 16
    ) throws(ResultReader.Refusal) -> ImportedResults {
        var rest = bytes[...]
        return try ResultReader.read(
            format: format, mapping: mapping,
            from: { () throws(ImportError) in
                defer { rest = rest.dropFirst(piece) }
                return Array(rest.prefix(piece))
            }, fingerprint: { fingerprint($0) })
    }

    static func read(_ text: String, as format: String? = nil) throws(ResultReader.Refusal) -> ImportedResults
    {
        try read(Array(text.utf8), as: format)
    }

    @Sendable private static func fingerprint(_ bytes: [UInt8]) -> Fingerprint {
        Fingerprint(hmac: HMACSHA256.code(key: key, message: bytes.span))
    }
}

extension ImportedResults {
    /// Whether the file was read to its end, was understood, and is of a tool that did all it was to do.
    var isWhole: Bool { failure == nil && faults.isEmpty && troubles.isEmpty }

    /// Everything in it that could be shown, as text.
    var dump: String {
        var text = ""
        Swift.dump(self, to: &text)
        return text
    }
}
