/// A value that documents have as one text.
package protocol WrittenAsText: Codable {
    /// What is wrong with a text that stands for no such value.
    static var fault: String { get }

    /// What documents have of it.
    var written: String { get }

    /// The value that `written` stands for; nil where it stands for none.
    static func read(_ written: String) -> Self?
}

extension WrittenAsText {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self.read(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: Self.fault)
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(written)
    }
}
