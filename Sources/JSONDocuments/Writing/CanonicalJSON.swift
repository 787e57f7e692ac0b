/// JSON of which the same values always give the same bytes, as RFC 8785 (JSON Canonicalization Scheme) fixes it.
///
/// Keys are in the order of their UTF-16 code units, nothing is escaped that need not be, there is no white space.
///
/// # How it works
/// A value writes itself straight into the bytes of the document (``JSONWriter``), member after member in the order in
/// which it comes to them; each object is put into order when it ends. So a document is never there a second time as a
/// tree, however many findings it has; and where it is handed on in portions, not even all of its bytes.
package enum CanonicalJSON {
    /// The value's bytes and a line feed.
    ///
    /// Numbers with a fraction are written where they need no exponent; throws an `EncodingError` for the others, and
    /// where a value writes nothing.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = JSONWriter()
        try writer.write(value)
        return writer.finish()
    }

    /// Hands on the same bytes in portions.
    ///
    /// Objects that are longer than a portion must write their members in the order of their keys: throws an
    /// `EncodingError` for one that does not.
    package static func encode(
        _ value: some Encodable, portion: Int = 1 << 16, to sink: JSONSink
    ) throws {
        try withoutActuallyEscaping(sink) { sink in
            let writer = JSONWriter(sink: sink, portion: portion)
            try writer.write(value)
            try sink(writer.finish()[...])
        }
    }
}
