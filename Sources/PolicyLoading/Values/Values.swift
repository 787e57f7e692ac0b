import Model
import YAMLDocuments

/// The forms of values that the tables of keys are made of.
enum Values {
    /// Prose or a pattern: nothing that cannot be seen, since people decide by what they see.
    static let text = sample.then { text, node, reading in
        if text.utf8.allSatisfy(isPlain) { return text }
        let hidden = text.unicodeScalars.first { !DisplayText.isVisible($0) && $0 != "\n" && $0 != "\t" }
        guard let hidden else { return text }
        let code = String(hidden.value, radix: 16, uppercase: true)
        reading.reportValue(.malformed, at: node.mark, "holds a character that cannot be seen, U+\(code)")
        return String?.none
    }

    /// A piece of a file, which can hold any character.
    static let sample = ValueForm<String>(shape: .text(pattern: nil)) { node, reading in
        guard let text = reading.value({ () throws(YAMLMismatch) in try node.string() }) else { return nil }
        guard text.utf8.contains(where: isInk) || text.contains(where: { !$0.isWhitespace }) else {
            reading.reportValue(.malformed, at: node.mark, "is empty")
            return nil
        }
        return text
    }

    /// Whether `byte` is visible ASCII or a blank: nearly all are, and Unicode's tables are slow.
    private static func isPlain(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || isInk(byte) }

    private static func isInk(_ byte: UInt8) -> Bool { (0x21...0x7e).contains(byte) }

    /// Text of which `isKnown` tells what can be had.
    ///
    /// What would be text in quotes, and then not be known, is given as it is: whoever refuses it says what can be had, which
    /// quotes do not mend.
    static func word(_ isKnown: @escaping @Sendable (String) -> Bool) -> ValueForm<String> {
        ValueForm(shape: .text(pattern: nil)) { node, reading in
            if case .scalar(let written, _) = node.content, !written.isEmpty, !isKnown(written),
                (try? node.string()) == nil
            {
                return written
            }
            return text.read(node, &reading)
        }
    }

    /// Text that must look in a certain way.
    static func text(_ form: TextForm) -> ValueForm<String> {
        ValueForm(shape: .text(pattern: form.pattern)) { node, reading in
            guard let text = word(form.accepts).read(node, &reading) else { return nil }
            guard form.accepts(text) else {
                reading.reportValue(
                    .malformed, at: node.mark, "is \(DisplayText.quoted(text)) and must be \(form.summary)")
                return nil
            }
            return text
        }
    }

    /// The name of something that is described here, which must be unique.
    static func name(of space: NameSpace, _ form: TextForm) -> ValueForm<String> {
        ValueForm(shape: .text(pattern: form.pattern)) { node, reading in
            // Even a malformed name is one, so that what refers to it is not wrong as well.
            if let name = try? node.string() { reading.declare(name, space, at: node.mark) }
            return text(form).read(node, &reading)
        }
    }

    /// The name of something that is described elsewhere in the document.
    static func reference(to space: NameSpace, _ form: TextForm) -> ValueForm<String> {
        text(form).then { name, node, reading in
            reading.refer(to: name, space, at: node.mark)
            return name
        }
    }

    /// `true` or `false`.
    static let flag = ValueForm<Bool>(shape: .flag) { node, reading in
        reading.value { () throws(YAMLMismatch) in try node.boolean() }
    }

    /// A number within `range`.
    static func number(in range: ClosedRange<Double>) -> ValueForm<Double> {
        ValueForm(shape: .number) { node, reading in
            let suits = { (text: String) in Double(text).map(range.contains) ?? false }
            guard let number = reading.value(suits: suits, { () throws(YAMLMismatch) in try node.number() })
            else { return nil }
            guard range.contains(number) else {
                reading.reportValue(
                    .malformed, at: node.mark,
                    "is \(number) and must be between \(range.lowerBound) and \(range.upperBound)")
                return nil
            }
            return number
        }
    }

    /// A whole number within `range`.
    static func integer(in range: ClosedRange<Int>) -> ValueForm<Int> {
        ValueForm(shape: .number) { node, reading in
            let suits = { (text: String) in Int(text).map(range.contains) ?? false }
            guard let number = reading.value(suits: suits, { () throws(YAMLMismatch) in try node.integer() })
            else { return nil }
            guard range.contains(number) else {
                reading.reportValue(
                    .malformed, at: node.mark,
                    "is \(number) and must be between \(range.lowerBound) and \(range.upperBound)")
                return nil
            }
            return number
        }
    }

    /// One of the values of `type`.
    static func choice<Choice>(_ type: Choice.Type) -> ValueForm<Choice>
    where Choice: RawRepresentable<String> & CaseIterable & Sendable {
        choice(among: Choice.allCases.map(\.rawValue)).then { name, _, _ in Choice(rawValue: name) }
    }

    /// One of `names`.
    static func choice(among names: [String]) -> ValueForm<String> {
        ValueForm(shape: .choice(names)) { node, reading in
            guard let name = word(names.contains).read(node, &reading) else { return nil }
            guard names.contains(name) else {
                let list =
                    names.count <= 10
                    ? ", and must be \(DisplayText.list(names))" : ", which is no value it can have"
                reading.reportValue(
                    .unknownValue, at: node.mark, "is \(DisplayText.quoted(name))\(list)",
                    suggestion: Suggestion.nearest(to: name, among: names))
                return nil
            }
            return name
        }
    }

    /// A list of `element`, at least so many; those that cannot be read are left out after their diagnostics.
    static func list<Element>(
        of element: ValueForm<Element>, atLeast least: Int = 1
    ) -> ValueForm<[Element]> {
        ValueForm(shape: .list(of: element.shape, atLeast: least)) { node, reading in
            guard case .sequence(let nodes) = node.content else {
                reading.reportValue(.notList, at: node.mark, "must be a list, and is \(node.summary)")
                return nil
            }
            if nodes.count < least {
                let needed =
                    least == 1 ? "must not be empty" : "has \(nodes.count) of at least \(least) entries"
                reading.reportValue(.tooFew, at: node.mark, needed)
            }
            return nodes.compactMap { element.read($0, &reading) }
        }
    }

    /// A list in which nothing stands twice.
    static func set<Element: Hashable & Sendable>(
        of element: ValueForm<Element>, atLeast least: Int = 1
    ) -> ValueForm<[Element]> {
        let once = ValueForm<Located<Element>>(shape: element.shape) { node, reading in
            element.read(node, &reading).map { Located(value: $0, mark: node.mark) }
        }
        return list(of: once, atLeast: least).then { elements, _, reading in
            var seen: Set<Element> = []
            for element in elements where !seen.insert(element.value).inserted {
                reading.reportValue(.duplicate, at: element.mark, "holds this a second time")
            }
            return elements.map(\.value)
        }
    }

    /// A shell-like pattern.
    static let glob = text.then { text, _, _ in Glob(text) }
}

/// A value and where it is written.
struct Located<Value> {
    let value: Value
    let mark: YAMLMark
}

extension Located: Sendable where Value: Sendable {}
