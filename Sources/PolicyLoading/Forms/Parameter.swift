import YAMLDocuments

/// A number in a policy that those who extend it may set, within bounds.
struct Parameter: Sendable {
    let name: String
    let usual: Int
    let bounds: ClosedRange<Int>
    let summary: String
    let mark: YAMLMark

    static let form: ValueForm<Parameter> = mapping(
        "a parameter", "a number that matchers name, and that a policy which extends this one may set",
        required("name", Values.name(of: .parameter, .dottedName), "what matchers call it"),
        required("default", value, "what it is where nobody sets it: 365, or 365d"),
        required("minimum", value, "the least that it may be set to"),
        required("maximum", value, "the most that it may be set to"),
        required("summary", Values.text, "what it is for")
    ) { node, _, name, usual, minimum, maximum, summary in
        Parameter(
            name: name, usual: usual, bounds: min(minimum, maximum)...max(minimum, maximum), summary: summary,
            mark: node["default"]?.mark ?? node.mark)
    }
    .then { parameter, _, reading in
        guard !parameter.bounds.contains(parameter.usual) else { return parameter }
        reading.report(
            .contradiction, at: parameter.mark,
            "the default, \(parameter.usual), does not lie between minimum and maximum")
        return nil
    }

    /// A number, or a number of days: `30`, `30d`.
    static let value = ValueForm<Int>(shape: .quantity(pattern: "^-?[0-9]{1,6}d?$")) { node, reading in
        guard let value = number(in: node) else {
            reading.reportValue(.malformed, at: node.mark, "must be a whole number, or days such as 30d")
            return nil
        }
        return value
    }

    /// The values of all parameters in these documents, as far as they can be told before anything else is read: what is
    /// wrong with them is reported when they are.
    static func values(in roots: [YAMLNode]) -> [String: Int] {
        var values: [String: Int] = [:]
        // Whoever extends a policy has the last word.
        let inOrder = roots.map { (root: $0, depth: depth(of: $0, among: roots)) }.sorted {
            $0.depth < $1.depth
        }
        for (list, name, value) in [("parameters", "name", "default"), ("set", "parameter", "value")] {
            for root in inOrder.map(\.root) {
                guard case .sequence(let entries) = root[list]?.content else { continue }
                for entry in entries {
                    guard let key = try? entry[name]?.string(), let node = entry[value] else { continue }
                    values[key] = number(in: node)
                }
            }
        }
        return values
    }

    /// How many policies the document's extends, one through the other.
    private static func depth(of root: YAMLNode, among roots: [YAMLNode]) -> Int {
        var names = Set(extended(by: root))
        var depth = 0
        while !names.isEmpty, depth < roots.count {
            depth += 1
            let parents = roots.filter { root in (try? root["id"]?.string()).map(names.contains) ?? false }
            names = Set(parents.flatMap(extended))
        }
        return depth
    }

    /// The ids of the policies that a document says it extends.
    static func extended(by root: YAMLNode) -> [String] {
        guard case .sequence(let names) = root["extends"]?.content else { return [] }
        return names.compactMap { try? $0.string() }
    }

    private static func number(in node: YAMLNode) -> Int? {
        guard case .scalar(let text, _) = node.content else { return nil }
        let digits = text.hasSuffix("d") ? text.dropLast() : text[...]
        guard digits.utf8.count <= 7, let value = Int(digits), digits.first != "+" else { return nil }
        return value
    }
}
