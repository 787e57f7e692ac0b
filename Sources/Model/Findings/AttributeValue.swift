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
        // Most are texts, and a wrong guess costs a search for the place of an error that nobody sees.
        if let text = try? container.decode(String.self) {
            self.init(stored: text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else {
            self = .number(try container.decode(Int.self))
        }
    }

    /// The value noted as `name`, of which the first guess is what such a value should be.
    init(_ name: AttributeName, in values: KeyedDecodingContainer<AttributeName>) throws {
        let type = FactField.types[name.stringValue]
        if type == .flag, let flag = try? values.decode(Bool.self, forKey: name) {
            self = .flag(flag)
        } else if type == .number, let number = try? values.decode(Int.self, forKey: name) {
            self = .number(number)
        } else {
            self = try values.decode(AttributeValue.self, forKey: name)
        }
    }

    /// Only our own spelling counts as a time, so that text from an image is not taken for one.
    private init(stored text: String) {
        if text.utf8.count == 20, text.hasSuffix("Z"), let instant = Instant(text),
            instant.description == text
        {
            self = .instant(instant)
        } else {
            self = .text(text)
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
