/// What a value looks like, for whoever describes documents rather than reads them: JSON Schemas, documentation.
package indirect enum ValueShape: Hashable, Sendable {
    /// Text; `pattern` is a regular expression, where not any text will do.
    case text(pattern: String?)
    case flag
    case number
    /// A whole number, or text with its unit; `pattern` is a regular expression for either.
    case quantity(pattern: String)
    case choice([String])
    case list(of: ValueShape, atLeast: Int)
    case mapping(MappingShape)
    /// A mapping whose keys are names of other things.
    case table(of: ValueShape)
    /// A condition over the fields of one subject, or of the subject that the rule names.
    case matcher
}

/// What a mapping looks like: its keys, in the order in which documentation lists them.
package struct MappingShape: Hashable, Sendable {
    package let name: String
    package let summary: String
    package let keys: [KeyShape]
}

/// A key of a mapping: what it is called, what it holds, whether it must be there, and what it means.
package struct KeyShape: Hashable, Sendable {
    package let name: String
    package let value: ValueShape
    package let isRequired: Bool
    package let summary: String
}
