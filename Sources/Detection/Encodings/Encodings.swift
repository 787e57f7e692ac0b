/// Every way in which text may stand encoded.
///
/// To add one: a file in this folder and a line here.
enum Encodings {
    static let all: [any TextEncoding] = [
        UTF16Text(), UTF32Text(), Base64Text(), PercentText(), StringText(),
        ReferenceText(), QuotedPrintableText(),
    ]
    /// Those in which a secret that is known must not be shown either.
    static let hiding: [any TextEncoding] = all + [HexText()]
}
