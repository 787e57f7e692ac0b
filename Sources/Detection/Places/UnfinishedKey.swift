/// A private key in PEM or in armour that goes on behind the window it begins in, and that the next does not see whole.
///
/// What follows is added from window to window until something stands there that no key has, so that all of it is
/// looked at together. A keyring that was exported, with signatures and pictures, is no longer than a few windows.
struct UnfinishedKey {
    /// What is longer is not put together, which is told.
    static let longest = 2 << 20
    /// What stands before a key may say what it is for.
    private static let context = 256
    /// Behind its first line there may be others that say how it was made.
    private static let head = 4096
    /// How much behind its last base64 belongs to it: the last line.
    private static let tail = 128

    private static let beginning = Array("-----BEGIN ".utf8)
    private static let ending = Array("-----END ".utf8)
    private static let name = Array("PRIVATE KEY".utf8)
    /// Longer first lines are those of no key.
    private static let firstLine = 64

    /// As stored, from a little before the key on.
    private(set) var bytes: [UInt8]
    /// Where in the file they begin.
    let start: Int
    /// Behind the last byte of the window that it begins in.
    let border: Int
    /// Whether there was more than that window holds.
    private(set) var isContinued = false
    /// How much more belongs to it; nil as long as it goes on.
    private var left: Int?

    var isTooLong: Bool { bytes.count > Self.longest }

    /// Nil where no key that begins in the window at `offset` is still open at its end, or the next window sees it whole.
    init?(in window: Span<UInt8>, at offset: Int, seenNext next: Int) {
        // No body of a key has a dash in it: in nearly every window one stands near the end.
        guard let end = Self.end(in: window), end > 0, Self.isBody(window[end - 1]),
            let dash = MarkerSearch.last(UInt8(ascii: "-"), in: window.extracting(..<end)),
            dash < next + Self.head,
            let first = Self.first(before: dash + 1, in: window), first < next
        else { return nil }
        let body = min(end, first + Self.head)
        guard (body..<end).allSatisfy({ Self.isBody(window[$0]) }) else { return nil }
        if end < window.count { left = Self.tail - (window.count - end) }
        let start = max(0, first - Self.context)
        bytes = (start..<window.count).map { window[$0] }
        self.start = offset + start
        border = offset + window.count
    }

    /// Takes in what of `next` belongs to it, as far as one can tell; false where it ends there.
    mutating func append(_ next: Span<UInt8>) -> Bool {
        isContinued = true
        for index in next.indices {
            if left == nil, !Self.isBody(next[index]) { left = Self.tail }
            if let left {
                guard left > 0 else { return false }
                self.left = left - 1
            }
            bytes.append(next[index])
            guard !isTooLong else { return false }
        }
        return true
    }

    /// Where in the window a body would end: at its end, or where a last line begins there; nil where another does.
    private static func end(in window: Span<UInt8>) -> Int? {
        let lines = max(0, window.count - firstLine)..<window.count
        guard let dash = lines.first(where: { window[$0] == ending[0] }) else { return window.count }
        let isLast = ending.indices.prefix(window.count - dash).allSatisfy {
            window[dash + $0] == ending[$0]
        }
        return isLast ? dash : nil
    }

    /// Where the last key begins whose first line ends before `end` and not long before.
    private static func first(before end: Int, in window: Span<UInt8>) -> Int? {
        let limit = max(0, end - head)
        var place = end - name.count
        while place >= limit {
            if name.indices.allSatisfy({ window[place + $0] == name[$0] }) {
                return beginning(ofLineWith: place, in: window)
            }
            place -= 1
        }
        return nil
    }

    private static func beginning(ofLineWith name: Int, in window: Span<UInt8>) -> Int? {
        var place = name - beginning.count
        while place >= max(0, name - firstLine) {
            if beginning.indices.allSatisfy({ window[place + $0] == beginning[$0] }) { return place }
            place -= 1
        }
        return nil
    }

    /// Whether base64 of a key may have it, in a file of its own or in a string.
    private static func isBody(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="),
            UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","), 0x09...0x0d, 0x20:
            true
        default: false
        }
    }
}
