package import Model

/// Secrets that were found elsewhere, recognised in other text by their fingerprints: nobody has to keep the secrets.
///
/// Only what stands by itself is recognised, with something other than a letter or digit before and behind it, or the
/// secret's own edge being such: trying all of a text at every length would take too long.
package struct KnownSecrets {
    /// What is shorter is a word like any other.
    private static let shortest = 4
    /// What is shorter is in names by chance.
    private static let shortestTelling = 8

    private let key: FingerprintKey
    private var previews: [Fingerprint: String] = [:]
    private var lengths: Set<Int> = []
    /// How many more pieces of text may be tried; an honest image needs a small part of it.
    private var budget = 1_000_000
    /// How many more may be looked at whether they are worth trying, which takes a second in all.
    private var looks = 1_000_000_000

    init(_ findings: [SightedFinding], key: FingerprintKey) {
        self.key = key
        for finding in findings { add(finding) }
    }

    /// Those of an image's findings, as far as they stand somewhere as they are; `key` made their fingerprints.
    package init(_ findings: [Finding], key: FingerprintKey) {
        self.key = key
        for finding in findings {
            add(finding.fingerprint, finding.location.length, finding.preview)
        }
    }

    mutating func add(_ finding: SightedFinding) {
        add(finding.fingerprint, finding.secretLength ?? finding.place.length, finding.preview)
    }

    private mutating func add(_ fingerprint: Fingerprint?, _ length: Int?, _ preview: Redacted?) {
        guard let fingerprint, let length, length >= Self.shortest else { return }
        previews[fingerprint] = preview?.text ?? "…"
        lengths.insert(length)
    }

    package var isEmpty: Bool { previews.isEmpty }

    /// Where in `text` they stand; nil where that would take too long to tell.
    ///
    /// `sparingWords` leaves out what is short, and what has no digit.
    package mutating func occurrences(
        in text: Span<UInt8>, sparingWords: Bool = false
    ) -> [(range: Range<Int>, preview: String)]? {
        let shortest = sparingWords ? Self.shortestTelling : 0
        let possible = lengths.filter { $0 >= shortest && $0 <= text.count }.sorted(by: >)
        guard !possible.isEmpty else { return [] }
        var found: [(range: Range<Int>, preview: String)] = []
        var edges: [Bool] = []
        // Before each position.
        var digits = [0]
        for position in 0...text.count {
            edges.append(Self.isEdge(position, of: text))
            if position < text.count {
                digits.append(digits[position] + (Self.isDigit(text[position]) ? 1 : 0))
            }
        }
        var start = 0
        while start < text.count {
            defer { start += 1 }
            guard edges[start] else { continue }
            for length in possible where start + length <= text.count {
                looks -= 1
                guard looks > 0 else { return nil }
                guard edges[start + length] else { continue }
                let range = start..<(start + length)
                if sparingWords, digits[range.lowerBound] == digits[range.upperBound] { continue }
                budget -= 1
                guard budget > 0 else { return nil }
                guard let preview = previews[key.fingerprint(of: text.extracting(range))] else {
                    continue
                }
                found.append((range, preview))
                break
            }
        }
        return found
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isEdge(_ position: Int, of text: Span<UInt8>) -> Bool {
        guard position > 0, position < text.count else { return true }
        return !(isWord(text[position - 1]) && isWord(text[position]))
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }
}
