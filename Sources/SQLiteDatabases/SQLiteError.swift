/// Why a database could not be read.
///
/// Two errors are equal when their codes are, so that nobody depends on wording.
package struct SQLiteError: Error, Sendable {
    package enum Code: String, Sendable {
        /// The file breaks the format.
        case malformed
        /// It holds more than a file of its size can, or wants more memory than we give.
        case tooLarge = "too-large"
        /// The library itself failed.
        case unavailable
    }

    package let code: Code
    package let reason: String
    /// The library's own words for the status; never its message, which may quote what is in the file.
    package let underlying: String?

    package init(_ code: Code, _ reason: String, underlying: String? = nil) {
        self.code = code
        self.reason = reason
        self.underlying = underlying
    }
}

extension SQLiteError: Hashable {
    package static func == (left: SQLiteError, right: SQLiteError) -> Bool { left.code == right.code }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension SQLiteError: CustomStringConvertible {
    package var description: String { underlying.map { "\(reason): \($0)" } ?? reason }
}
