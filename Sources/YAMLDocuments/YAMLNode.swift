/// A value in a document, and where it stands.
///
/// Scalars are text and whether they were written plain (without quotes): what a plain one means is the reader's
/// question, which ``boolean()``, ``integer()``, ``number()`` and ``string()`` answer.
package struct YAMLNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case scalar(text: String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Pair])
    }

    /// A key and its value, in the order of the document.
    package struct Pair: Hashable, Sendable {
        package let key: String
        package let keyMark: YAMLMark
        package let value: YAMLNode

        package init(key: String, keyMark: YAMLMark, value: YAMLNode) {
            self.key = key
            self.keyMark = keyMark
            self.value = value
        }
    }

    package let content: Content
    package let mark: YAMLMark

    package init(_ content: Content, mark: YAMLMark) {
        self.content = content
        self.mark = mark
    }

    /// The value under `key`; nil where there is none, or where this is no mapping.
    package subscript(key: String) -> YAMLNode? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs.first { $0.key == key }?.value
    }

    /// What it is, in words, for messages.
    package var summary: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let text, let isPlain): isPlain ? PlainScalar(text).summary : "text"
        }
    }
}
