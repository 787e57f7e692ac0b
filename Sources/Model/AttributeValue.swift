/// One typed value that a detector noted of what it found.
///
/// In JSON: a string, an integer, a boolean; an instant is a string in RFC 3339 and is read back as one.
package enum AttributeValue: Hashable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case instant(Instant)

    /// The value as text, for display and for matchers over text.
    package var display: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .instant(let instant): instant.description
        }
    }
}

extension AttributeValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Most are texts, and what is no text costs a search for the place of an error that nobody sees.
        if let text = try? container.decode(String.self) {
            // Only our own spelling counts as a time, so that text from an image is not taken for one.
            if text.utf8.count == 20, text.hasSuffix("Z"), let instant = Instant(text),
                instant.description == text
            {
                self = .instant(instant)
            } else {
                self = .text(text)
            }
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else {
            self = .number(try container.decode(Int.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .instant(let instant): try container.encode(instant.description)
        }
    }
}
