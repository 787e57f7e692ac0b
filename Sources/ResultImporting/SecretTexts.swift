internal import Model

/// The secrets that one file of results gives away, for as long as it is read: what repeats one is masked.
struct SecretTexts {
    /// What is shorter is a word like any other.
    private static let shortest = 6
    /// No honest results have more in plain text than this.
    private static let capacity = 16 << 20
    /// How many pieces of text may be tried; honest results need a small part of it.
    private static let effort = 50_000_000
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

    /// Also what looks as if it were masked, since nobody knows: a password may end in dots.
    mutating func add(_ secret: String) {
        let bytes = Array(secret.utf8)
        guard bytes.count >= Self.shortest, !Self.isMask(bytes), !secrets.contains(bytes) else { return }
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

    private func mask(_ text: String, _ lengths: [UInt64: [Int]], _ effort: inout Int) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var start = 0
        var isChanged = false
        while start < bytes.count {
            effort -= 1
            let rest = bytes[start...]
            let possible = rest.count < Self.shortest ? [] : lengths[Self.beginning(rest)] ?? []
            let length = possible.first { length in
                guard length <= rest.count, effort > 0 else { return false }
                effort -= 1 + length / 16
                return secrets.contains(Array(rest.prefix(length)))
            }
            guard effort > 0 else { return "… (not shown: too much to look for known secrets in)" }
            if let length {
                result += Array("…".utf8)
                start += length
                isChanged = true
            } else {
                result.append(bytes[start])
                start += 1
            }
        }
        return isChanged ? String(decoding: result, as: UTF8.self) : text
    }

    private static func beginning(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.prefix(shortest).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
