/// A value of JSON in memory: a record, or something small beside the records.
enum JSONValue: Hashable, Sendable {
    case null
    case flag(Bool)
    /// As it is written.
    case number(String)
    case text(String)
    case list([JSONValue])
    /// No key stands twice.
    case object([String: JSONValue])

    /// What stands under `key`; nil where this is no object or has no such key, or where that is null.
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// What stands under one key after the other.
    subscript(path first: String, _ rest: String...) -> JSONValue? {
        rest.reduce(self[first]) { $0?[$1] }
    }

    /// The text, not empty.
    var text: String? {
        guard case .text(let text) = self, !text.isEmpty else { return nil }
        return text
    }

    /// A word that rates something, without blanks around it; what is no text is told as what it is, and not as nothing.
    var rating: String? {
        switch self {
        case .null: return nil
        case .text(let text):
            let word = text.drop(while: \.isWhitespace)
            let end = word.lastIndex { !$0.isWhitespace }
            return end.map { String(word[...$0]) }
        case .number(let digits): return digits
        case .flag, .list, .object: return summary
        }
    }

    /// The number, also where it is written as text; nil where it is none that can be a place or a count.
    var number: Int? {
        let digits: String
        switch self {
        case .number(let text), .text(let text): digits = text
        default: return nil
        }
        let whole = Int(digits) ?? Double(digits).flatMap { Int(exactly: $0.rounded(.down)) }
        return whole.flatMap { (0...1 << 42).contains($0) ? $0 : nil }
    }

    /// The number as it is written, also where that is as text.
    var decimal: String? {
        if case .number(let digits) = self { digits } else { text }
    }

    /// The flag, also where it is written as text.
    var flag: Bool? {
        switch self {
        case .flag(let flag): flag
        case .text("true"): true
        case .text("false"): false
        default: nil
        }
    }

    /// The elements of a list; none where it is no list.
    var list: [JSONValue] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }

    /// The members of an object in the order of their keys; none where it is no object.
    var members: [(key: String, value: JSONValue)] {
        guard case .object(let members) = self else { return [] }
        return members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    var isObject: Bool {
        if case .object = self { true } else { false }
    }

    var isList: Bool {
        if case .list = self { true } else { false }
    }

    /// What it is, in a word for messages.
    var summary: String {
        switch self {
        case .null: "null"
        case .flag: "a flag"
        case .number: "a number"
        case .text: "text"
        case .list: "a list"
        case .object: "an object"
        }
    }
}
