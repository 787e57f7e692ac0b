import Model
import YAMLDocuments

/// A node of a case file; what it does not expect is a mistake with a place.
struct CaseReader {
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    let node: YAMLNode
    let file: String

    var place: String { "\(file):\(node.mark.line)" }

    func mistake(_ reason: String) -> Mistake { Mistake(description: "\(place): \(reason)") }

    /// Refuses keys other than these.
    func allow(_ keys: String...) throws { try allow(Set(keys)) }

    func allow(_ keys: Set<String>) throws {
        for pair in try pairs() where !keys.contains(pair.key) { throw mistake("unknown key \(pair.key)") }
    }

    subscript(key: String) -> CaseReader? { node[key].map { CaseReader(node: $0, file: file) } }

    func required(_ key: String) throws -> CaseReader {
        guard let child = self[key] else { throw mistake("\(key) is missing") }
        return child
    }

    func text() throws -> String {
        guard case .scalar(let text, _) = node.content else { throw mistake("not a scalar") }
        return text
    }

    func text(_ key: String) throws -> String? { try self[key]?.text() }

    func number() throws -> Int {
        guard let number = Int(try text()) else { throw mistake("not a number") }
        return number
    }

    /// A value of an enumeration, by its raw value.
    func value<Value: RawRepresentable<String>>() throws -> Value {
        guard let value = Value(rawValue: try text()) else {
            throw mistake("\(try text()) is no \(Value.self)")
        }
        return value
    }

    func list(_ key: String) throws -> [CaseReader] {
        guard let child = self[key] else { return [] }
        guard case .sequence(let nodes) = child.node.content else { throw mistake("\(key) is no list") }
        return nodes.map { CaseReader(node: $0, file: file) }
    }

    func table<Value>(_ read: (CaseReader) throws -> Value) throws -> [String: Value] {
        try Dictionary(
            uniqueKeysWithValues: pairs().map { ($0.key, try read(CaseReader(node: $0.value, file: file))) })
    }

    /// The mapping's keys as values of these fields, but for those in `except`.
    func attributes(of subject: FactSubject, except: Set<String>) throws -> [String: AttributeValue] {
        var result: [String: AttributeValue] = [:]
        for pair in try pairs() where !except.contains(pair.key) {
            let reader = CaseReader(node: pair.value, file: file)
            guard let field = FactField.named(pair.key, of: subject) else {
                throw mistake("\(subject.rawValue) has no field \(pair.key)")
            }
            result[field.name] = try reader.attribute(field.type)
        }
        return result
    }

    private func attribute(_ type: FactType) throws -> AttributeValue {
        switch type {
        case .text, .severity, .confidence: return .text(try text())
        case .number: return .number(try number())
        case .flag:
            guard let flag = Bool(try text()) else { throw mistake("neither true nor false") }
            return .flag(flag)
        case .instant: return .instant(try instant())
        }
    }

    func instant() throws -> Instant {
        guard let instant = Instant(try text()) else { throw mistake("no date") }
        return instant
    }

    private func pairs() throws -> [YAMLNode.Pair] {
        guard case .mapping(let pairs) = node.content else { throw mistake("not a mapping") }
        return pairs
    }
}
