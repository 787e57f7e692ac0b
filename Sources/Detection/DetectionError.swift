/// Why detectors could not be made ready.
package struct DetectionError: Error {
    package enum Code: String, Sendable {
        /// A pattern that one of the two engines refuses.
        case patternInvalid
        case rulesDuplicated
        /// An engine failed at something that no rule is to blame for.
        case engineFailed
    }

    package let code: Code
    /// The rule and where it is written; empty where no rule is to blame.
    package let place: String
    package let reason: String
    /// The engine's own words.
    package let underlying: String?

    package init(code: Code, place: String = "", reason: String, underlying: String? = nil) {
        self.code = code
        self.place = place
        self.reason = reason
        self.underlying = underlying
    }
}

extension DetectionError: Hashable {
    package static func == (left: DetectionError, right: DetectionError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension DetectionError: CustomStringConvertible {
    package var description: String {
        let whole = underlying.map { "\(reason): \($0)" } ?? reason
        return place.isEmpty ? whole : "\(place): \(whole)"
    }
}
