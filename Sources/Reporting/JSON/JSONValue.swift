internal import JSONDocuments

/// A JSON document as a value, which is what feeds are put together from.
///
/// Text gets in as ``SafeText`` only, so a literal of ours may be written as it is and a `String` does not compile. A
/// member whose value is nil is left out.
enum JSONValue: Encodable, Sendable {
    case text(SafeText)
    /// Lines that ``MarkdownText`` escaped, for programs that show them as Markdown.
    case markdown(String)
    case number(Int)
    /// A number with one digit behind the point.
    case tenths(Int)
    case flag(Bool)
    case list([JSONValue])
    /// A list whose elements are made when they are written, and then forgotten: findings may be many.
    case each(Int, @Sendable (Int) -> JSONValue)
    case object([String: JSONValue])

    /// The list, or nil where it is empty: several schemas refuse lists of nothing.
    static func filled(_ elements: [JSONValue]) -> JSONValue? { elements.isEmpty ? nil : .list(elements) }

    static func texts(_ texts: some Sequence<SafeText>) -> JSONValue { .list(texts.map(JSONValue.text)) }

    /// A word of our own vocabulary.
    static func word(_ word: some RawRepresentable<String>) -> JSONValue { .text(.word(word)) }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .each(let count, let element):
            var list = encoder.unkeyedContainer()
            for index in 0..<count { try list.encode(element(index)) }
        case .object(let members):
            // In the order of the document, which is handed on before a long object ends.
            var object = encoder.container(keyedBy: Name.self)
            let ordered = members.sorted { CodeUnitOrder.precedes($0.key, $1.key) }
            for (key, value) in ordered { try object.encode(value, forKey: Name(stringValue: key)) }
        default: try encodeWhole(to: encoder)
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private func encodeWhole(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text.text)
        case .markdown(let lines): try container.encode(lines)
        case .number(let number): try container.encode(number)
        case .tenths(let number): try container.encode(Double(number) / 10)
        case .flag(let flag): try container.encode(flag)
        case .list(let elements): try container.encode(elements)
        case .each, .object: break
        }
    }
}

extension JSONValue: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .text(SafeText(stringLiteral: value)) }

    init(stringInterpolation: SafeText.StringInterpolation) {
        self = .text(SafeText(stringInterpolation: stringInterpolation))
    }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int) { self = .number(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, JSONValue?)...) {
        let present = elements.compactMap { key, value in value.map { (key, $0) } }
        self = .object(Dictionary(present) { first, _ in first })
    }
}
