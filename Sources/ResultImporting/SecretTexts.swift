internal import Model

/// The secrets that one file of results gives away, for as long as it is read: what repeats one is masked.
struct SecretTexts {
    /// What is shorter is a word or a number like any other.
    private static let shortest = 5
    /// As long as this, letters alone are no word that stands everywhere, as `admin` or `token` do.
    private static let shortestWord = 6
    /// What is shorter in a line of a secret that has several says nothing by itself.
    private static let shortestLine = 8
    /// No honest results have more in plain text than this.
    private static let capacity = 16 << 20
    /// How many pieces of text may be tried; honest results need a small part of it.
    private static let effort = 50_000_000
    /// How often percent signs are undone; nobody writes one in another in another.
    private static let deepestSpelling = 2
    /// What keeping one costs beside its bytes.
    private static let overhead = 64

    private var secrets: Set<[UInt8]> = []
    /// How long those are that begin with the same bytes.
    private var lengths: [UInt64: Set<Int>] = [:]
    private var weight = 0
    private var isFull = false

    /// Whether the tool itself wrote something else in the secret's place, or cut it.
    static func isMasked(_ secret: String) -> Bool { isMasked(Array(secret.utf8)) }

    /// Whether nothing of a secret is left.
    private static func isMask(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 == UInt8(ascii: "*") } || bytes.elementsEqual("REDACTED".utf8)
    }

    /// Byte by byte: it is asked for every secret of results that may have millions.
    private static func isMasked(_ bytes: [UInt8]) -> Bool {
        if bytes.allSatisfy({ $0 == UInt8(ascii: "*") }) || bytes.suffix(3).elementsEqual("...".utf8) {
            return true
        }
        return bytes.indices.contains { start in
            switch bytes[start] {
            case UInt8(ascii: "R"): bytes[start...].starts(with: "REDACTED".utf8)
            case UInt8(ascii: "*"): bytes[start...].starts(with: "****".utf8)
            case 0xe2: bytes[start...].starts(with: "…".utf8)
            default: false
            }
        }
    }

    /// Whether it is so short, and of letters alone, that masking it would mask ordinary words.
    private static func isWord(_ bytes: [UInt8]) -> Bool {
        bytes.count < shortestWord
            && bytes.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
    }

    /// Also what looks as if it were masked, since nobody knows: a password may end in dots.
    mutating func add(_ secret: String) { add(Array(secret.utf8)) }

    /// The same, and of a secret of several lines each that says something.
    mutating func add(lines secret: String) {
        let bytes = Array(secret.utf8)
        add(bytes)
        let lines = bytes.split { $0 == 0x0a || $0 == 0x0d }
        guard lines.count > 1 else { return }
        for line in lines {
            let start = line.drop { $0 == 0x20 || $0 == 0x09 }
            let blanks = start.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
            let text = Array(start.dropLast(blanks))
            // The borders of a key in PEM are the same in every one.
            guard text.count >= Self.shortestLine, !text.starts(with: "-----".utf8) else { continue }
            add(text)
        }
    }

    private mutating func add(_ bytes: [UInt8]) {
        guard bytes.count >= Self.shortest, !Self.isWord(bytes), !Self.isMask(bytes),
            !secrets.contains(bytes)
        else { return }
        guard weight + bytes.count + Self.overhead <= Self.capacity else {
            isFull = true
            return
        }
        weight += bytes.count + Self.overhead
        lengths[Self.beginning(bytes[...]), default: []].insert(bytes.count)
        secrets.insert(bytes)
    }

    /// `results` with every secret in their texts replaced; where that is too much, that is a fault of theirs.
    func masking(_ results: ImportedResults) -> ImportedResults {
        guard !secrets.isEmpty else { return results }
        var results = results
        let longestFirst = lengths.mapValues { $0.sorted(by: >) }
        var effort = isFull ? 0 : Self.effort
        results.mask { mask($0, longestFirst, &effort) }
        if effort <= 0 {
            results.faults.append(
                .init(
                    reason: .detectorLimit,
                    detail: "more text, or more secrets, than can be masked; its texts are not shown"))
        }
        return results
    }

    /// The text without secrets, also where they are spelt with percent signs, as addresses spell them.
    private func mask(_ text: String, _ lengths: [UInt64: [Int]], _ effort: inout Int) -> String {
        var bytes = Array(text.utf8)
        var isChanged = false
        for depth in 0...Self.deepestSpelling {
            var spelling = PercentSpelling(bytes)
            guard (0..<depth).allSatisfy({ _ in spelling.undo() }) else { break }
            guard let places = places(in: spelling.bytes, lengths, &effort) else {
                return "… (not shown: too much to look for known secrets in)"
            }
            isChanged = isChanged || !places.isEmpty
            for place in places.reversed() {
                bytes.replaceSubrange(spelling.written(place), with: "…".utf8)
            }
        }
        return isChanged ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// Where secrets stand, the longest that begins at each place; nil where that is too much to find out.
    private func places(
        in bytes: [UInt8], _ lengths: [UInt64: [Int]], _ effort: inout Int
    ) -> [Range<Int>]? {
        var places: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            effort -= 1
            let rest = bytes[start...]
            let possible = rest.count < Self.shortest ? [] : lengths[Self.beginning(rest)] ?? []
            let length = possible.first { length in
                guard length <= rest.count, effort > 0 else { return false }
                effort -= 1 + length / 16
                return secrets.contains(Array(rest.prefix(length)))
            }
            guard effort > 0 else { return nil }
            if let length { places.append(start..<start + length) }
            start += length ?? 1
        }
        return places
    }

    private static func beginning(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.prefix(shortest).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
