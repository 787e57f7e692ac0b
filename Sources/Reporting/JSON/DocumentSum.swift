internal import Cryptography
internal import JSONDocuments
internal import Model

/// The SHA-256 that a document has of itself: of its canonical bytes without the member that says it, and without the
/// line feed.
///
/// It is no signature, since whoever changes a document on purpose can make a new one: it tells of what got lost.
package enum DocumentSum {
    /// Comes behind all others, so that a document can be written before its sum is known.
    private static let beginning = Array(#","sum":""#.utf8)
    private static let end = Array("\"}\n".utf8)
    private static let digestLength = "sha256:".utf8.count + 64

    /// Hands on the bytes of the report `file`, an object with its sum as the last member.
    static func encode(
        _ value: some Encodable, for file: String, to sink: ReportSink
    ) throws(ReportError) {
        var hasher = SHA256Hasher()
        // Enough to see the brace and the line feed that end it.
        var held: [UInt8] = []
        try CanonicalJSON.encode(value, for: file) { (portion) throws(ReportError) in
            held += portion
            let ready = held.dropLast(2)
            hasher.update(ready.span)
            try sink(ready)
            held.removeFirst(ready.count)
        }
        let brace = held.prefix(1)
        hasher.update(brace.span)
        let digest = Digest(sha256: hasher.finish())
        try sink((beginning + Array(digest.text.utf8) + end)[...])
    }

    /// The sum that canonical bytes end with; nil where they do not.
    package static func stated(atEndOf bytes: [UInt8]) -> String? {
        let text = bytes.dropLast(end.count).suffix(digestLength)
        guard bytes.suffix(end.count).elementsEqual(end), text.count == digestLength,
            bytes[..<text.startIndex].suffix(beginning.count).elementsEqual(beginning)
        else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether `bytes` are a document in canonical form that ends with the sum of the rest of it.
    package static func holds(_ bytes: [UInt8]) -> Bool {
        guard let stated = stated(atEndOf: bytes) else { return false }
        var hasher = SHA256Hasher()
        let content = bytes.dropLast(beginning.count + digestLength + end.count)
        let brace = [UInt8(ascii: "}")]
        hasher.update(content.span)
        hasher.update(brace.span)
        return Digest(sha256: hasher.finish()).text == stated
    }
}
