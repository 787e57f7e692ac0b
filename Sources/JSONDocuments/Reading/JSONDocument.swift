/// A JSON document that is whole: text in UTF-8 of the grammar of RFC 8259, with no key twice in one object.
///
/// # How it works
/// One pass over the bytes holds them against the grammar and notes where each value stands (``JSONScanner``), in eight
/// bytes a value. What is decoded looks its members up there, and nothing but the wanted texts is copied. Foundation's
/// decoder, which makes a dictionary of each object and does not tell of two members with one key, takes twice as long
/// for evidence with many findings.
package struct JSONDocument {
    /// In bytes: places in a document are numbers of 32 bits.
    package static let largest = Int(Int32.max)

    private let tree: JSONTree

    /// Throws where a document is cut off, malformed, or ambiguous.
    package init(_ bytes: [UInt8]) throws(JSONFault) {
        tree = JSONTree(bytes: bytes, nodes: try JSONScanner.nodes(of: bytes))
    }

    /// The document as a value; throws a `DecodingError` with the place of what does not fit.
    package func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try Value(from: JSONSource(tree: tree, node: 0))
    }
}
