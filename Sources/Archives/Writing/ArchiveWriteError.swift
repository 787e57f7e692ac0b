internal import Glibc

/// Why an archive could not be written.
package struct ArchiveWriteError: Error, Sendable {
    package enum Code: Hashable, Sendable {
        /// The library would not start, or refused an option.
        case setup
        /// An entry's header or content cannot be stored in this format.
        case entry
        /// The bytes could not be delivered: a full disk, an unwritable folder.
        case output
    }

    package let code: Code
    /// The entry or the file.
    package let place: String
    package let reason: String
    /// What the library or the system said, with its number.
    package let underlying: String?

    package init(code: Code, place: String, reason: String, underlying: String? = nil) {
        self.code = code
        self.place = place
        self.reason = reason
        self.underlying = underlying
    }
}

extension ArchiveWriteError {
    /// What the system refused just now, by its `errno`.
    static func ofSystem(_ code: Code, _ place: String, _ reason: String) -> ArchiveWriteError {
        let number = errno
        let words = unsafe String(cString: strerror(number))
        return ArchiveWriteError(
            code: code, place: place, reason: reason, underlying: "\(words) (errno \(number))")
    }
}

extension ArchiveWriteError: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension ArchiveWriteError: CustomStringConvertible {
    package var description: String {
        "\(place): \(reason)" + (underlying.map { ": \($0)" } ?? "")
    }
}
