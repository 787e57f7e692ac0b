internal import Model

/// The secrets that one file of results gives away, for as long as it is read: what repeats one is masked.
struct SecretTexts {
    /// What is shorter is a word like any other.
    private static let shortest = 6
    /// No honest results have more in plain text than this.
    private static let capacity = 8 << 20
    /// How many pieces of text may be tried; honest results need a small part of it.
    private static let effort = 50_000_000

    private var secrets: Set<[UInt8]> = []
    private var lengths: Set<Int> = []
    private var weight = 0
    private var isFull = false

    /// Whether the tool itself wrote something else in the secret's place, or cut it.
    static func isMasked(_ secret: String) -> Bool {
        let text = secret.utf8
        return secret.contains("REDACTED") || secret.contains("****") || secret.hasSuffix("...")
            || secret.contains("…") || text.allSatisfy { $0 == UInt8(ascii: "*") }
    }

    mutating func add(_ secret: String) {
        let bytes = Array(secret.utf8)
        guard bytes.count >= Self.shortest, !Self.isMasked(secret) else { return }
        guard weight + bytes.count <= Self.capacity else {
            isFull = true
            return
        }
        guard secrets.insert(bytes).inserted else { return }
        lengths.insert(bytes.count)
        weight += bytes.count
    }

    /// `results` with every secret in their texts replaced.
    func masking(_ results: ImportedResults) -> ImportedResults {
        guard !secrets.isEmpty else { return results }
        var results = results
        var effort = Self.effort
        func masked(_ text: String) -> String { mask(text, &effort) }
        results.tool = masked(results.tool)
        results.version = results.version.map(masked)
        results.database = results.database.map(masked)
        results.target.name = results.target.name.map(masked)
        results.skipped = results.skipped.map(masked)
        results.troubles = results.troubles.map(masked)
        for index in results.findings.indices { results.findings[index].mask(masked) }
        for index in results.items.indices { results.items[index].mask(masked) }
        return results
    }

    private func mask(_ text: String, _ effort: inout Int) -> String {
        let bytes = Array(text.utf8)
        guard !isFull else { return "… (not shown: more secrets than can be looked for)" }
        var result: [UInt8] = []
        var start = 0
        var isChanged = false
        let possible = lengths.filter { $0 <= bytes.count }.sorted(by: >)
        while start < bytes.count {
            effort -= possible.count
            guard effort > 0 else { return "… (not shown: too much text to look for known secrets in)" }
            let length = possible.first { length in
                start + length <= bytes.count && secrets.contains(Array(bytes[start..<(start + length)]))
            }
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
}

extension ImportedFinding {
    /// Changes every text that came from the results.
    package mutating func mask(_ masked: (String) -> String) {
        rule = masked(rule)
        title = masked(title)
        severity = severity.map(masked)
        suppressed = suppressed.map(masked)
        aliases = aliases.map(masked)
        place.mask(masked)
        attributes = attributes.mapValues { value in
            if case .text(let text) = value { .text(masked(text)) } else { value }
        }
    }
}

extension ImportedItem {
    /// Changes every text that came from the results.
    package mutating func mask(_ masked: (String) -> String) {
        title = masked(title)
        place.mask(masked)
        attributes = attributes.mapValues { value in
            if case .text(let text) = value { .text(masked(text)) } else { value }
        }
    }
}

extension ImportedPlace {
    fileprivate mutating func mask(_ masked: (String) -> String) {
        within = within.map(masked)
        switch kind {
        case .file(let name): kind = .file(masked(name))
        case .metadata(let name): kind = .metadata(masked(name))
        case .source(let name): kind = .source(masked(name))
        case .image: break
        }
    }
}
