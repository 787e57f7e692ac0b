/// Which characters XML 1.0 can hold.
enum XMLCharacters {
    /// Whether the character may stand in a document, as itself or as a reference.
    static func isLegal(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a, 0x0d, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
        default: false
        }
    }

    /// The first character of `text` that may not stand in a document.
    static func firstIllegal(in text: String) -> Unicode.Scalar? {
        text.unicodeScalars.first { !isLegal($0) }
    }
}
