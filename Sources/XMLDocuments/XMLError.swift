/// Why an XML document could not be read or written.
package struct XMLError: Error, Sendable {
    package enum Code: String, Sendable {
        /// The bytes are not well-formed XML.
        case malformed
        /// It is well-formed up to where a stream of bytes ends, before the document does.
        case truncated
        /// Larger, deeper or with more nodes than the limits allow.
        case limit
        /// A document type declaration, and with it the possibility of entities.
        case documentType = "document-type"
        /// Text with a character that XML 1.0 cannot hold, not even as a reference.
        case illegalCharacter = "illegal-character"
        /// The library refused: out of memory, or elements ended in the wrong order.
        case library
    }

    package let code: Code
    /// `line 3`, or the element at which writing stopped.
    package let place: String
    package let reason: String

    package init(code: Code, place: String, reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
    }
}

extension XMLError: Hashable {
    package static func == (left: XMLError, right: XMLError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension XMLError: CustomStringConvertible {
    package var description: String { "\(place): \(reason)" }
}
