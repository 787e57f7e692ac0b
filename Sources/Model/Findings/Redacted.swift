/// What may be shown of a secret: the part of it that is public by format, and its length where that gives nothing away.
///
/// The secret itself is not stored, so no way of printing, encoding or comparing this value can show it.
package struct Redacted: Hashable, Sendable, CustomStringConvertible {
    /// The text that may be shown, such as `ghp_… (40 characters)`.
    package let text: String

    /// What may be shown of a secret of `length` bytes whose format begins with `publicPrefix`.
    ///
    /// The length of a short secret would help to guess it, so it is told from 16 bytes up only.
    package init(publicPrefix: String = "", length: Int) {
        text = length < 16 ? "\(publicPrefix)…" : "\(publicPrefix)… (\(length) characters)"
    }

    package var description: String { text }
}

extension Redacted: WrittenAsText {
    package static var fault: String { "not what may be shown of a secret" }

    package var written: String { text }

    package static func read(_ written: String) -> Redacted? { Redacted(text: written) }

    private init(text: String) { self.text = text }
}
