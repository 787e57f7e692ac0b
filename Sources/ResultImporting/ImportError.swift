/// Why results could not be read to their end.
package struct ImportError: Error, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// The file or stream failed.
        case unreadable
        /// The bytes end before the format says they should.
        case truncated
        /// The bytes are not of the format.
        case malformed
        /// Larger or deeper than anything a tool writes.
        case limit
    }

    package let code: Code
    /// `byte 1204`, `line 3`.
    package let place: String
    package let reason: String

    package init(code: Code, place: String, reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
    }
}

extension ImportError: Hashable {
    package static func == (left: ImportError, right: ImportError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension ImportError: CustomStringConvertible {
    package var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
