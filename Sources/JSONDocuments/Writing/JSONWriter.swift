/// What the values of a document write themselves to, one after the other.
///
/// Each of its methods is one change of the text that it holds, because of every access to it is made sure that there is
/// no other at the time.
final class JSONWriter {
    private var text: JSONText

    init(sink: JSONSink? = nil, portion: Int = .max) { text = JSONText(sink: sink, portion: portion) }

    /// Writes a whole value, and ends what it began.
    func write(_ value: some Encodable) throws {
        let (start, outer) = (text.count, text.depth)
        try value.encode(to: JSONPlace(writer: self, depth: outer))
        text.close(to: outer)
        if let failure = text.failure { throw failure }
        guard text.count > start else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: [], debugDescription: "writes no value of JSON"))
        }
    }

    /// Ends the document; gives the bytes that were not handed on.
    func finish() -> [UInt8] {
        text.bytes.append(0x0a)
        return text.bytes
    }

    func beginObject(at depth: Int) { text.beginObject(at: depth) }
    func beginList() { text.beginList() }
    func beginMember(_ key: String, at depth: Int) { text.beginMember(key, at: depth) }
    func beginElement(at depth: Int) { text.beginElement(at: depth) }

    func writeNull() { text.writeNull() }
    func write(flag: Bool) { text.write(flag: flag) }
    func write(number: some BinaryInteger) { text.write(number: number) }
    func write(fraction: Double) throws { try text.write(fraction: fraction) }
    func write(text string: String) { text.write(text: string) }
}
