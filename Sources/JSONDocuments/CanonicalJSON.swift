/// JSON of which the same values always give the same bytes, as RFC 8785 (JSON Canonicalization Scheme) fixes it.
///
/// Keys are in the order of their UTF-16 code units, nothing is escaped that need not be, there is no white space.
///
/// # How it works
/// A value writes itself straight into the bytes of the document (``JSONWriter``), member after member in the order in
/// which it comes to them; each object is put into order when it ends. So a document is never there a second time as a
/// tree, however many findings it has.
package enum CanonicalJSON {
    /// The value's bytes and a line feed.
    ///
    /// Numbers with a fraction are written where they need no exponent; throws an `EncodingError` for the others, and
    /// where a value writes nothing.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = JSONWriter()
        try writer.write(value)
        writer.bytes.append(0x0a)
        return writer.bytes
    }
}
