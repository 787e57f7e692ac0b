/// Why a bundle could not be made, or is not to be believed.
package struct BundleError: Error, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// It is a whole archive, and that of no bundle.
        case foreign
        /// It is no bundle, or one with other files than it should have.
        case form
        /// A digest, or a file that follows from others, is not what it should be.
        case content
        /// It is not signed, or not by the key that was given.
        case signature
        /// It is larger than what is read.
        case size
        /// It could not be put together.
        case assembly
    }

    package let code: Code
    /// The file in the bundle; empty for the bundle as a whole.
    package let place: String
    package let reason: String

    package init(_ code: Code, at place: String = "", _ reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
    }
}

extension BundleError: Hashable {
    package static func == (left: BundleError, right: BundleError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension BundleError: CustomStringConvertible {
    package var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
