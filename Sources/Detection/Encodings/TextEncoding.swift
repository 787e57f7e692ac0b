/// A way in which text stands encoded in other bytes, so that no rule sees it there.
///
/// Detectors look at bytes as they are stored, and then at what the encodings in `Encodings.all` make of them
/// (`ImageScanner+Encodings`). An encoding is asked for all of a window at once: nearly every window holds nothing
/// for it, and finding that out must cost next to nothing.
protocol TextEncoding: Sendable {
    /// Whether most of a run stands for itself, so that what no escape touches was seen before.
    var isSparse: Bool { get }

    /// Adds to `text` what each encoded run in `stored` stands for.
    func decode(_ stored: Span<UInt8>, _ search: RunSearch, into text: inout DecodedText)
}

/// Which encoded runs are looked for.
struct RunSearch {
    /// Whether what the bytes begin with may be the middle of something.
    var isContinued = false
    /// Whether the bytes are of a file that begins as mails do.
    var isMail = false
    /// How many characters of a run are worth decoding: content is full of words, and no credential is that short.
    var shortest = Self.credential

    /// Shorter than any credential in base64: twenty bytes.
    static let credential = 28
    /// What a password may be in base64; for text of a few kilobytes.
    static let password = 8

    /// Whether runs may be shorter than what tells text from chance.
    var isShort: Bool { shortest < Self.credential }
}
