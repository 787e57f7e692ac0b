internal import Model

/// A value as its field's type has it; what does not fit the type is no value.
enum TypedValue: Hashable {
    case text(ExactText)
    case number(Int)
    case flag(Bool)
    case instant(Instant)
    case severity(Severity)
    case confidence(Confidence)

    init?(_ stored: AttributeValue, as type: FactType) {
        switch (type, stored) {
        case (.number, .number(let number)): self = .number(number)
        case (.flag, .flag(let flag)): self = .flag(flag)
        case (.instant, .instant(let instant)): self = .instant(instant)
        case (.severity, .text(let text)):
            guard let severity = Severity(rawValue: text) else { return nil }
            self = .severity(severity)
        case (.confidence, .text(let text)):
            guard let confidence = Confidence(rawValue: text) else { return nil }
            self = .confidence(confidence)
        // A text that looks like an instant is read back from JSON as one.
        case (.text, .text), (.text, .instant): self = .text(ExactText(stored.display))
        default: return nil
        }
    }

    /// Whether the value is as high as `bound`; nil where the two have no order.
    func isAtLeast(_ bound: TypedValue?) -> Bool? {
        switch (self, bound) {
        case (.number(let value), .number(let bound)?): value >= bound
        case (.severity(let value), .severity(let bound)?): value >= bound
        case (.confidence(let value), .confidence(let bound)?): value >= bound
        default: nil
        }
    }
}
