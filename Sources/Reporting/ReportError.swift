/// Why a report could not be made or written.
package struct ReportError: Error, Sendable {
    package enum Code: String, Sendable {
        /// The folder for the reports does not exist and could not be made, or is no folder.
        case folder
        /// A file could not be written: no permission, no space.
        case write
        /// Something that is not a file stands where a report should go.
        case occupied
        /// A template is broken, or names something that the view does not have.
        case template
        /// The values could not be put into the format.
        case encoding
    }

    package let code: Code
    /// The path of the file or template.
    package let place: String
    package let reason: String
    /// What the library or the system said.
    package let underlying: String?

    package init(code: Code, place: String, reason: String, underlying: String? = nil) {
        self.code = code
        self.place = place
        self.reason = reason
        self.underlying = underlying
    }
}

extension ReportError: Hashable {
    package static func == (left: ReportError, right: ReportError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension ReportError: CustomStringConvertible {
    package var description: String {
        "\(place): \(reason)" + (underlying.map { ": \($0)" } ?? "")
    }
}
