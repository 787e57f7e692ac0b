/// Why a key or a certificate could not be made.
package struct IssuingError: Error, Hashable, CustomStringConvertible {
    package let place: String
    package let reason: String

    package init(place: String, reason: String) {
        self.place = place
        self.reason = reason
    }

    package static func == (left: Self, right: Self) -> Bool { left.place == right.place }

    package func hash(into hasher: inout Hasher) { hasher.combine(place) }

    package var description: String { "\(place): \(reason)" }
}
