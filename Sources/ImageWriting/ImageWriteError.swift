internal import Archives

/// Why an image could not be written.
package struct ImageWriteError: Error, Sendable {
    package enum Code: Hashable, Sendable {
        /// The place to write to: missing parent, something else there already, not writable.
        case destination
        /// A layer or an entry cannot be stored.
        case content
        /// The device or the file system gave up.
        case output
    }

    package let code: Code
    /// The path or the entry.
    package let place: String
    package let reason: String
    /// What lay below.
    package let underlying: String?

    init(code: Code, place: String, reason: String, underlying: String? = nil) {
        self.code = code
        self.place = place
        self.reason = reason
        self.underlying = underlying
    }

    init(_ error: ArchiveWriteError) {
        code = error.code == .output ? .output : .content
        place = error.place
        reason = error.reason
        underlying = error.underlying
    }
}

extension ImageWriteError: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension ImageWriteError: CustomStringConvertible {
    package var description: String {
        "\(place): \(reason)" + (underlying.map { ": \($0)" } ?? "")
    }
}
