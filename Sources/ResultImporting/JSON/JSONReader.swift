/// Reads JSON as a stream: who knows what a tool writes goes down into it, and takes or skips what stands there.
///
/// Nothing is kept but the value at hand, so a document of any size is read in bounded memory. A library would be better,
/// but of those that stream, the one that Debian has is not looked after any more, and Foundation's wants all of it.
///
/// Bodies of `object` and `list` are called with the reader before a value, and must take it or skip it.
final class JSONReader {
    /// No tool nests values deeper.
    private static let deepest = 128
    /// A value that is taken whole is cut off at this size, and is then none.
    private static let largestValue = 4 << 20

    let feed: ByteFeed
    private var depth = 0

    init(_ feed: ByteFeed) { self.feed = feed }

    var place: String { "byte \(feed.offset)" }

    /// The first byte of what comes next, which stays; nil at the end.
    func peek() throws(ImportError) -> UInt8? {
        while let byte = try feed.peek() {
            guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return byte }
            feed.advance()
        }
        return nil
    }

    /// Calls `body` with each key of the object that comes next; false, and the value is skipped, where none does.
    ///
    /// A key that stands twice is an error: which of the two the tool means, nobody can tell.
    @discardableResult
    func object(_ body: (String) throws(ImportError) -> Void) throws(ImportError) -> Bool {
        var seen: Set<String> = []
        return try members { key throws(ImportError) in
            guard !seen.contains(key) else {
                throw ImportError(code: .malformed, place: place, reason: "a key that stands twice")
            }
            // More, or longer ones, are names of files, not of what is looked for here.
            if seen.count < 256, key.utf8.count <= 64 { seen.insert(key) }
            try body(key)
        }
    }

    /// The same for an object of which nothing is known, whatever stands twice in it.
    @discardableResult
    func members(_ body: (String) throws(ImportError) -> Void) throws(ImportError) -> Bool {
        guard try peek() == UInt8(ascii: "{") else {
            try skip()
            return false
        }
        try enter()
        if try take(UInt8(ascii: "}")) { return leave() }
        while true {
            guard try peek() == UInt8(ascii: "\"") else { throw try unexpected("a key") }
            let key = try text(limit: 64 << 10) ?? ""
            guard try take(UInt8(ascii: ":")) else { throw try unexpected("a colon") }
            try body(key)
            if try take(UInt8(ascii: "}")) { return leave() }
            guard try take(UInt8(ascii: ",")) else { throw try unexpected("a comma or the object's end") }
        }
    }

    /// Calls `body` before each element of the list that comes next; false, and the value is skipped, where none does.
    @discardableResult
    func list(_ body: (Int) throws(ImportError) -> Void) throws(ImportError) -> Bool {
        guard try peek() == UInt8(ascii: "[") else {
            try skip()
            return false
        }
        try enter()
        if try take(UInt8(ascii: "]")) { return leave() }
        for index in 0... {
            try body(index)
            if try take(UInt8(ascii: "]")) { break }
            guard try take(UInt8(ascii: ",")) else { throw try unexpected("a comma or the list's end") }
        }
        return leave()
    }

    /// The value that comes next, without what stands under `dropped` keys; nil where it is too large, or has a key twice.
    func value(dropping dropped: Set<String> = []) throws(ImportError) -> JSONValue? {
        var budget = Self.largestValue
        var isWhole = true
        let value = try value(dropping: dropped, &budget, &isWhole)
        return isWhole ? value : nil
    }

    /// Leaves out the value that comes next.
    func skip() throws(ImportError) {
        switch try peek() {
        case UInt8(ascii: "{"): try members { _ throws(ImportError) in try skip() }
        case UInt8(ascii: "["): try list { _ throws(ImportError) in try skip() }
        case UInt8(ascii: "\""): _ = try text(limit: 0)
        default: _ = try scalar()
        }
    }

    /// Makes sure that nothing follows.
    func end() throws(ImportError) {
        guard try peek() == nil else { throw try unexpected("the end") }
    }

    /// Skips a byte order mark.
    func skipMark() throws(ImportError) {
        for byte in [0xef, 0xbb, 0xbf] as [UInt8] {
            guard try feed.peek() == byte else { return }
            feed.advance()
        }
    }
}

extension JSONReader {
    private func value(
        dropping dropped: Set<String>, _ budget: inout Int, _ isWhole: inout Bool
    ) throws(ImportError) -> JSONValue {
        budget -= 32
        guard budget > 0 else {
            isWhole = false
            try skip()
            return .null
        }
        switch try peek() {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try self.members { key throws(ImportError) in
                guard !dropped.contains(key) else { return try skip() }
                budget -= key.utf8.count
                let value = try value(dropping: dropped, &budget, &isWhole)
                if members.updateValue(value, forKey: key) != nil { isWhole = false }
            }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try list { _ throws(ImportError) in
                let value = try value(dropping: dropped, &budget, &isWhole)
                if budget > 0 { elements.append(value) }
            }
            return .list(elements)
        case UInt8(ascii: "\""):
            guard let text = try text(limit: budget) else {
                isWhole = false
                return .null
            }
            budget -= text.utf8.count
            return .text(text)
        default: return try scalar()
        }
    }

    private func enter() throws(ImportError) {
        depth += 1
        guard depth <= Self.deepest else {
            throw ImportError(code: .limit, place: place, reason: "nested more than \(Self.deepest) deep")
        }
        feed.advance()
    }

    private func leave() -> Bool {
        depth -= 1
        return true
    }

    private func take(_ byte: UInt8) throws(ImportError) -> Bool {
        guard try peek() == byte else { return false }
        feed.advance()
        return true
    }

    func unexpected(_ wanted: String) throws(ImportError) -> ImportError {
        guard try feed.peek() != nil else {
            return ImportError(
                code: .truncated, place: place, reason: "the JSON ends where \(wanted) must stand")
        }
        return ImportError(code: .malformed, place: place, reason: "no \(wanted) where one must stand")
    }
}
