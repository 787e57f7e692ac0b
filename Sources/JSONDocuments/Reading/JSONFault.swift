/// Why bytes are no JSON document, and where.
package struct JSONFault: Error {
    package enum Code: Sendable {
        case truncated, malformed, tooDeep, tooLarge
        /// A key stands twice in one object, so that two readers may read two things.
        case repeatedKey
    }

    package let code: Code
    /// From 1; counts LF.
    package let line: Int
    /// From 1, in bytes.
    package let column: Int
    /// In words that go on from the document's name: "ends where a value must stand".
    package let reason: String

    init(_ code: Code, at offset: Int, of bytes: [UInt8], _ reason: String) {
        let before = bytes.prefix(offset)
        self.code = code
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column = offset - (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
        self.reason = reason
    }
}

extension JSONFault: CustomStringConvertible {
    package var description: String { "\(reason) (line \(line), column \(column))" }
}
