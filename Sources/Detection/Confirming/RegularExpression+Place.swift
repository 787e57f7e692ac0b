internal import Patterns

extension RegularExpression {
    /// The same, with the rule that it is of in the error.
    static func compile(
        _ pattern: String, place: String, checkOnly: Bool = false
    ) throws(DetectionError) -> RegularExpression {
        do throws(PatternError) {
            return try compile(pattern, checkOnly: checkOnly)
        } catch {
            throw DetectionError(
                code: .patternInvalid, place: place,
                reason: "pattern not accepted by PCRE2 at byte \(error.offset)", underlying: error.reason)
        }
    }
}
