/// Encoded text that stands for something compressed and goes on beyond the window in which it began.
///
/// Cut there, it would be opened as half of what it is; so what follows is added from window to window, and all of it
/// decoded together.
struct UnfinishedText {
    /// Longer text is not put together, which is told.
    static let longest = 4 << 20
    /// How far before the window's end what goes on may seem to end: in the middle of four characters, or of a break.
    private static let margin = 64

    /// What was seen of it in its first window.
    private(set) var beginnings: [PackedText]
    /// As stored, from before the first of them on.
    private(set) var bytes: [UInt8]
    /// Where in the file they begin.
    let start: Int
    /// Whether there was more than the first window holds.
    private(set) var isContinued = false
    private var lineLength = 0

    var isTooLong: Bool { bytes.count > Self.longest }

    /// Nil where none of `texts`, which stand in the window at `offset`, goes on behind it.
    init?(_ texts: [PackedText], in window: Span<UInt8>, at offset: Int) {
        beginnings = texts.filter { Self.goesOn($0.stored.upperBound, in: window) }
        guard var first = beginnings.map(\.stored.lowerBound).min() else { return nil }
        while let before = Self.start(before: first, in: window) { first = before }
        start = first + offset
        bytes = (first..<window.count).map { window[$0] }
        beginnings = beginnings.map { $0.moved(by: offset) }
        lineLength = bytes.reversed().prefix { WordSearch.isBase64($0) }.count
    }

    /// Forgets what the next window sees from its beginning on, all that begins at `offset` or behind it; false where
    /// nothing is left.
    mutating func supersede(from offset: Int) -> Bool {
        beginnings.removeAll { $0.stored.lowerBound >= offset }
        return !beginnings.isEmpty
    }

    /// Takes in what of `next` belongs to it, as far as one can tell; false where it ends there.
    mutating func append(_ next: Span<UInt8>) -> Bool {
        isContinued = true
        for index in next.indices {
            switch next[index] {
            case UInt8(ascii: "\n"):
                guard lineLength > 0 else { return false }
                lineLength = 0
            case UInt8(ascii: "\r"): break
            case UInt8(ascii: " "), UInt8(ascii: "\t"): guard lineLength == 0 else { return false }
            case let byte where WordSearch.isBase64(byte) || byte == UInt8(ascii: "="): lineLength += 1
            default: return false
            }
            bytes.append(next[index])
            guard !isTooLong else { return false }
        }
        return true
    }

    private static func goesOn(_ end: Int, in window: Span<UInt8>) -> Bool {
        window.count - end <= margin && (end..<window.count).allSatisfy { isPart(window[$0]) }
    }

    /// Where what is base64 before `end` begins, on the same line or, where that is all of one, on the line before.
    private static func start(before end: Int, in window: Span<UInt8>) -> Int? {
        var place = WordSearch.start(ofBase64Before: end, in: window, from: 0)
        if place < end { return place }
        while place > 0, !WordSearch.isBase64(window[place - 1]), isPart(window[place - 1]) { place -= 1 }
        let isBreak = (place..<end).contains { window[$0] == UInt8(ascii: "\n") }
        return isBreak && place > 0 && WordSearch.isBase64(window[place - 1]) ? place : nil
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " "), UInt8(ascii: "\t"): true
        default: WordSearch.isBase64(byte)
        }
    }
}
