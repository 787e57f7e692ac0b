package import Model

extension ImageScanner {
    /// `text` with each secret in it replaced by what may be shown of it.
    ///
    /// With the name of a metadata field, rules for that field are looked for as well.
    package func mask(_ text: String, field: String? = nil) -> String {
        let bytes = Array(text.utf8)
        let log = search(bytes.span, asField: field)
        // There are more secrets in it than were noted.
        guard log.shortfall == nil else { return Self.notShown }
        let secrets = Self.united(Self.secrets(in: log))
        return secrets.isEmpty ? text : Self.replace(secrets, in: bytes)
    }

    /// Every metadata field of `configuration` by its name, masked.
    ///
    /// A secret that is seen in one field, or was found in a file, is masked in all: a history line often repeats what
    /// `Env` holds or a step wrote, in a form that no rule knows.
    package func maskedFields(
        of configuration: ImageConfiguration, knowing findings: [SightedFinding] = []
    ) -> [String: String] {
        let fields = configuration.fields.map { (name: $0.name, bytes: Array($0.text.utf8)) }
        // Of each field's log only the places are kept: a hostile image has a hundred thousand fields.
        var found: [[MaskedRange]?] = []
        var needles: [[UInt8]: String] = [:]
        var known = KnownSecrets(findings, key: key)
        var encoded = known
        for field in fields {
            let log = search(field.bytes.span, asField: field.name)
            found.append(log.shortfall == nil ? Self.secrets(in: log) : nil)
            for case (let range?, .finding(let finding)) in log.drafts.map({ ($0.secret, $0.sighting) }) {
                encoded.add(finding)
                if range.count < 6 || !finding.place.within.isEmpty { known.add(finding) }
                if range.count >= 6 { needles[Array(field.bytes[range])] = finding.preview?.text ?? "…" }
            }
        }
        let longestFirst = needles.sorted { ($0.key.count, $1.value) > ($1.key.count, $0.value) }
        // An honest image has a few secrets in a few kilobytes; a hostile one would keep this busy for minutes.
        guard longestFirst.count * fields.reduce(0, { $0 + $1.bytes.count }) <= Self.largestSearch else {
            return Dictionary(
                fields.map { ($0.name, Self.notShown) }, uniquingKeysWith: { first, _ in first })
        }
        var masked: [String: String] = [:]
        for (field, own) in zip(fields, found) {
            guard var all = own else {
                masked[field.name] = Self.notShown
                continue
            }
            for (needle, preview) in longestFirst {
                all += Self.occurrences(of: needle, in: field.bytes).map { ($0, preview) }
            }
            guard let repeated = known.occurrences(in: field.bytes.span),
                let hidden = occurrences(of: &encoded, encodedIn: field.bytes.span)
            else {
                masked[field.name] = Self.notShown
                continue
            }
            masked[field.name] = Self.replace(Self.united(all + repeated + hidden), in: field.bytes)
        }
        return masked
    }

    /// Those of `names` that repeat a secret which was found elsewhere, with it masked; each still differs from the
    /// others, since what is found is told apart by its path.
    ///
    /// A name is most of what tells an auditor where to look, and passwords are often that of the application: so a
    /// piece is masked only if it is long and no plain word.
    package func maskedNames(
        _ names: Set<String>, knowing findings: [SightedFinding]
    ) -> [String: String] {
        var known = KnownSecrets(findings, key: key)
        guard !known.isEmpty else { return [:] }
        var masked: [String: String] = [:]
        var alike: [String: Int] = [:]
        for name in names.sorted() {
            let bytes = Array(name.utf8)
            guard let shown = withoutKnown(bytes, &known) else { continue }
            alike[shown, default: 0] += 1
            masked[name] = alike[shown, default: 1] > 1 ? "\(shown) (\(alike[shown, default: 1]))" : shown
        }
        return masked
    }

    /// `text`, which is not the image's own, with secrets masked that were found in the image.
    ///
    /// Each text has a budget of its own, so that one which uses it up hides no other.
    package func mask(_ text: String, knowing known: KnownSecrets) -> String {
        var known = known
        return withoutKnown(Array(text.utf8), &known) ?? text
    }

    /// `text` without what is known, in plain or encoded; nil where nothing of it is in there.
    private func withoutKnown(_ text: [UInt8], _ known: inout KnownSecrets) -> String? {
        guard let plain = known.occurrences(in: text.span, sparingWords: true),
            let hidden = occurrences(of: &known, encodedIn: text.span, sparingWords: true)
        else { return Self.notShown }
        let found = Self.united(plain + hidden)
        return found.isEmpty ? nil : Self.replace(found, in: text)
    }

    private static let notShown = "… (not shown: too much to look for secrets in)"

    /// Secrets times bytes of text that each other's fields are searched for, about a second's work.
    private static let largestSearch = 1_000_000_000

    /// `sighting` without secrets in what it quotes from the image, such as the comment of a key.
    func masked(_ sighting: Sighting) -> Sighting { sighting.quoting { mask($0) } }

    typealias MaskedRange = (range: Range<Int>, preview: String)

    /// Everything that any rule took for a secret, that of the best rule first.
    private static func secrets(in log: SightingLog) -> [MaskedRange] {
        let best = log.settled().compactMap { sighting -> MaskedRange? in
            guard case .finding(let finding) = sighting, let preview = finding.preview,
                let offset = finding.place.offset, let length = finding.place.length
            else { return nil }
            return (offset..<(offset + length), preview.text)
        }
        return best + log.drafts.compactMap { draft in draft.secret.map { ($0, "…") } }
    }

    /// The ranges in order, those that overlap made one, with the preview of the first that was named.
    private static func united(_ ranges: [MaskedRange]) -> [MaskedRange] {
        var united: [(range: Range<Int>, preview: String, rank: Int)] = []
        for (rank, next) in ranges.enumerated().sorted(by: {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }) {
            guard let last = united.last, last.range.overlaps(next.range) else {
                united.append((next.range, next.preview, rank))
                continue
            }
            let range = last.range.lowerBound..<max(last.range.upperBound, next.range.upperBound)
            let isFirst = rank < last.rank
            united[united.count - 1] = (range, isFirst ? next.preview : last.preview, min(rank, last.rank))
        }
        return united.map { ($0.range, $0.preview) }
    }

    private static func replace(_ secrets: [MaskedRange], in text: [UInt8]) -> String {
        var result: [UInt8] = []
        var position = 0
        for secret in secrets where secret.range.lowerBound >= position {
            result += text[position..<secret.range.lowerBound]
            result += Array(secret.preview.utf8)
            position = secret.range.upperBound
        }
        return String(decoding: result + text[position...], as: UTF8.self)
    }

    private static func occurrences(of needle: [UInt8], in text: [UInt8]) -> [Range<Int>] {
        guard let first = needle.first, text.count >= needle.count else { return [] }
        var ranges: [Range<Int>] = []
        var position = 0
        while position + needle.count <= text.count {
            if text[position] == first, text[position...].starts(with: needle) {
                ranges.append(position..<(position + needle.count))
                position += needle.count
            } else {
                position += 1
            }
        }
        return ranges
    }
}
