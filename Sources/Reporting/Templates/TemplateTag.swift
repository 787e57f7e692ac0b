/// One tag of a template and where it stands.
struct TemplateTag: Hashable {
    enum Kind: Hashable {
        /// `{{name}}`, which is escaped.
        case text
        /// `{{{name}}}`, which is not.
        case raw
        /// `{{#name}}`, and `{{^name}}`, which is for its absence.
        case section, inverted
        /// `{{/name}}`
        case end
        /// `{{> name}}`
        case partial
        /// Anything else that Mustache has.
        case other
    }

    let kind: Kind
    let name: String
    let place: TemplatePlace

    /// The tags of `text` in their order, without comments; an error for one that does not end.
    static func all(in text: String) -> (tags: [TemplateTag], open: TemplatePlace?) {
        let bytes = Array(text.utf8)
        var place = TemplatePlace(line: 1, column: 1)
        var tags: [TemplateTag] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position...].starts(with: "{{".utf8) else {
                place.pass(bytes[position])
                position += 1
                continue
            }
            let isTriple = bytes[position...].starts(with: "{{{".utf8)
            let start = position + (isTriple ? 3 : 2)
            guard let end = bytes[start...].firstRange(of: (isTriple ? "}}}" : "}}").utf8) else {
                return (tags, place)
            }
            let inside = String(decoding: bytes[start..<end.lowerBound], as: UTF8.self)
            if let tag = tag(inside, isTriple: isTriple, at: place) { tags.append(tag) }
            for byte in bytes[position..<end.upperBound] { place.pass(byte) }
            position = end.upperBound
        }
        return (tags, nil)
    }

    /// Nil for a comment.
    private static func tag(_ inside: String, isTriple: Bool, at place: TemplatePlace) -> TemplateTag? {
        let kinds: [Character: Kind] = [
            "#": .section, "^": .inverted, "/": .end, ">": .partial, "&": .raw, "=": .other, "<": .other,
            "$": .other, "%": .other,
        ]
        guard let first = inside.first, first != "!" else {
            return inside.isEmpty ? TemplateTag(kind: .other, name: "", place: place) : nil
        }
        let kind = isTriple ? .raw : kinds[first] ?? .text
        let name = isTriple || kinds[first] == nil ? inside[...] : inside.dropFirst()
        let trimmed = name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return TemplateTag(kind: kind, name: String(trimmed), place: place)
    }
}

/// A line and a column, both from 1; columns count characters as editors do.
struct TemplatePlace: Hashable, Comparable {
    var line: Int
    var column: Int

    mutating func pass(_ byte: UInt8) {
        if byte == 0x0a {
            line += 1
            column = 1
        } else if byte & 0xc0 != 0x80 {
            column += 1
        }
    }

    static func < (left: TemplatePlace, right: TemplatePlace) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
