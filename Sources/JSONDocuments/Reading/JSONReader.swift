/// Reads values from JSON.
///
/// # How it works
/// The document is looked over once (``JSONSyntax``), so that all that follows can rely on its form. Then each value takes
/// its members straight from the bytes, where they stand: nothing is made of what nobody asks for, and there is no tree.
/// What says the same over and over, as the findings of one layer do, is kept once (``JSONDocument``).
package enum JSONReader {
    /// The value of the document; throws a `DecodingError`, whose path is empty where the bytes are no whole JSON.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        let document = try JSONDocument(bytes)
        let node = JSONNode(document: document, start: document.start, path: nil)
        return try Value(from: node)
    }
}
