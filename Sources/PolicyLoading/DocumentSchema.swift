import FoundationEssentials
import Model

/// The JSON Schema (draft 2020-12) of a kind of document, made of the very tables that the loader reads by.
///
/// For editors: `# yaml-language-server: $schema=policy.schema.json` completes keys and marks mistakes while they are
/// typed. The loader knows more: which names there are, and what fits together.
package enum DocumentSchema {
    /// The schema as JSON, with a line feed at its end.
    package static func text(of kind: DocumentKind) -> String {
        let node = SchemaNode(kind.shape)
        node.schema = "https://json-schema.org/draft/2020-12/schema"
        node.id = "urn:palimpsest:schema:\(kind.rawValue.lowercased()):1"
        node.title = "Palimpsest \(kind.rawValue)"
        node.definitions = ["matcher": matcher, "parameter": parameter]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // It is made of texts and numbers only, and all of them can be written.
        let data = (try? encoder.encode(node)) ?? Data()
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    /// A condition: `all`, `any` or `not` alone, or a field and one operator.
    private static var matcher: SchemaNode {
        let own = SchemaNode.reference("matcher")
        let node = SchemaNode(type: "object")
        node.additionalProperties = false
        node.properties = [
            "all": .list(of: own, atLeast: 1), "any": .list(of: own, atLeast: 1), "not": own,
            "field": field,
        ]
        for test in MatcherOperator.all {
            let operand = operand(of: test)
            operand.description = test.summary
            node.properties?[test.name] = operand
        }
        let combined = ["all", "any", "not"].map { SchemaNode(only: [$0], count: 1) }
        node.oneOf = combined + MatcherOperator.all.map { SchemaNode(only: ["field", $0.name], count: 2) }
        return node
    }

    private static var field: SchemaNode {
        let label = SchemaNode(.text(pattern: #"^label\..+$"#))
        let node = SchemaNode()
        node.anyOf = [SchemaNode(choice: Set(FactField.all.map(\.name)).sorted()), label]
        return node
    }

    private static func operand(of test: MatcherOperator) -> SchemaNode {
        let value = SchemaNode()
        value.anyOf = [
            SchemaNode(type: "string"), SchemaNode(type: "number"), SchemaNode(type: "boolean"),
            .reference("parameter"),
        ]
        return test.name == "in" ? .list(of: value, atLeast: 1) : value
    }

    private static var parameter: SchemaNode {
        let node = SchemaNode(type: "object")
        node.additionalProperties = false
        node.required = ["parameter"]
        node.properties = ["parameter": SchemaNode(type: "string")]
        return node
    }
}

/// A part of a JSON Schema.
final class SchemaNode: Encodable {
    var schema: String?
    var id: String?
    var title: String?
    var description: String?
    private var type: String?
    private var values: [String]?
    private var pattern: String?
    private var items: SchemaNode?
    private var minItems: Int?
    var properties: [String: SchemaNode]?
    private var patternProperties: [String: SchemaNode]?
    var required: [String]?
    var additionalProperties: Bool?
    private var maxProperties: Int?
    var anyOf: [SchemaNode]?
    var oneOf: [SchemaNode]?
    private var reference: String?
    var definitions: [String: SchemaNode]?

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case id = "$id"
        case values = "enum"
        case reference = "$ref"
        case definitions = "$defs"
        case title, description, type, pattern, items, minItems, properties, patternProperties, required,
            additionalProperties
        case maxProperties, anyOf, oneOf
    }

    init(type: String? = nil) { self.type = type }

    init(choice values: [String]) {
        type = "string"
        self.values = values
    }

    /// An object that has these keys and no more than `count`.
    init(only keys: [String], count: Int) {
        required = keys
        maxProperties = count
    }

    convenience init(_ shape: ValueShape) {
        switch shape {
        case .text(let pattern):
            self.init(type: "string")
            self.pattern = pattern
        case .flag: self.init(type: "boolean")
        case .number: self.init(type: "number")
        case .quantity(let pattern):
            self.init()
            let text = SchemaNode(type: "string")
            text.pattern = pattern
            anyOf = [SchemaNode(type: "integer"), text]
        case .choice(let values): self.init(choice: values)
        case .list(let element, let least):
            self.init(type: "array")
            items = SchemaNode(element)
            minItems = least
        case .mapping(let mapping):
            self.init(type: "object")
            description = mapping.summary
            additionalProperties = false
            required = mapping.keys.filter(\.isRequired).map(\.name)
            properties = Dictionary(
                uniqueKeysWithValues: mapping.keys.map { key in
                    let node = SchemaNode(key.value)
                    node.description = key.summary
                    return (key.name, node)
                })
        case .table(let value):
            self.init(type: "object")
            patternProperties = [".": SchemaNode(value)]
            additionalProperties = false
        case .matcher:
            self.init()
            reference = "#/$defs/matcher"
        }
    }

    static func reference(_ name: String) -> SchemaNode {
        let node = SchemaNode()
        node.reference = "#/$defs/\(name)"
        return node
    }

    static func list(of element: SchemaNode, atLeast least: Int) -> SchemaNode {
        let node = SchemaNode(type: "array")
        node.items = element
        node.minItems = least
        return node
    }
}
