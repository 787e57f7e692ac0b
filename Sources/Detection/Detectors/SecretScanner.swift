internal import Model
internal import Patterns

/// Confirms what the first stage proposes, and looks for what only some files and fields are searched for.
final class SecretScanner: DetectorScanner {
    private let table: SecretRuleTable
    private let detector: String
    /// Those of the table's that this scanner has needed.
    private var ready: [ConfirmingRule?]
    private let matcher = PatternMatcher()
    /// Indices of the rules that go over the whole of the file at hand.
    private var searched: [Int] = []
    /// Indices of the rules for some paths that may be proposed in the file at hand; nil until one is.
    private var fitting: [Int]?
    /// The file at hand; empty in metadata.
    private var path: [UInt8] = []
    /// The ids of rules of which a keyword stands in the file at hand, as far as it was seen: what an earlier window found by
    /// it, a later one that sees the same must find.
    private var keyed: Set<String> = []
    /// Those of which none stands in the text at hand.
    private var unkeyed: Set<String> = []

    /// Matches may go on behind where the first stage saw one end, by this much at most.
    private static let slack = 1024
    /// The same of a rule whose first stage sees only the beginning of what may be long.
    private static let longSlack = 128 * 1024

    init(table: SecretRuleTable, detector: String) {
        self.table = table
        self.detector = detector
        ready = Array(repeating: nil, count: table.rules.count)
    }

    func begin(_ file: ScannedFile, into log: inout SightingLog) -> Interest {
        if !searched.isEmpty { searched.removeAll(keepingCapacity: true) }
        table.searchedByPath.collect(file.path, into: &searched)
        fitting = nil
        if table.asksForPaths { path = file.path }
        if !keyed.isEmpty { keyed.removeAll() }
        return searched.isEmpty ? [] : .windows
    }

    func scan(
        _ window: Span<UInt8>, at position: WindowPosition, hits: ArraySlice<Hit>, into log: inout SightingLog
    ) {
        if !unkeyed.isEmpty { unkeyed.removeAll() }
        confirm(hits, in: window, at: position, into: &log)
        for index in searched { search(index, in: window, at: position, into: &log) }
    }

    func inspectField(
        _ name: String?, _ text: Span<UInt8>, hits: ArraySlice<Hit>, into log: inout SightingLog
    ) {
        let position = WindowPosition(offset: 0, ownedFrom: 0)
        if !path.isEmpty { path.removeAll() }
        fitting = nil
        if !keyed.isEmpty { keyed.removeAll() }
        if !unkeyed.isEmpty { unkeyed.removeAll() }
        confirm(hits, in: text, at: position, into: &log)
        guard let name else { return }
        for index in table.rules(forField: name) { search(index, in: text, at: position, into: &log) }
    }

    /// All matches near the hits, rule by rule.
    private func confirm(
        _ hits: ArraySlice<Hit>, in window: Span<UInt8>, at position: WindowPosition,
        into log: inout SightingLog
    ) {
        var pattern = -1
        var cursor = 0
        for hit in hits where !log.isOverfull {
            if hit.pattern != pattern {
                pattern = hit.pattern
                cursor = position.ownedFrom
            }
            guard hit.lastEnd > cursor else { continue }
            let index = table.proposed[hit.pattern]
            guard isForFile(index), let rule = rule(index, into: &log) else { continue }
            let start = max(cursor, hit.firstEnd - rule.reach)
            let slack = rule.rule.checksum == .base64KeyStore ? Self.longSlack : Self.slack
            let limit = min(window.count, hit.lastEnd + slack)
            cursor = search(
                rule, in: window, from: start, limit: limit, until: hit.lastEnd, at: position, into: &log)
        }
    }

    /// Whether the file at hand is one that the rule is for, as far as its globs say; metadata is none.
    private func isForFile(_ index: Int) -> Bool {
        if table.rules[index].paths.isEmpty { return true }
        if let fitting { return fitting.contains(index) }
        var found: [Int] = []
        table.proposedByPath.collect(path, into: &found)
        fitting = found
        return found.contains(index)
    }

    /// All matches of a rule in the window.
    private func search(
        _ index: Int, in window: Span<UInt8>, at position: WindowPosition, into log: inout SightingLog
    ) {
        guard let rule = rule(index, into: &log) else { return }
        search(
            rule, in: window, from: position.ownedFrom, limit: window.count, until: window.count,
            at: position,
            into: &log)
    }

    /// Goes from match to match until one ends at or behind `end`; returns where the next search should start.
    @discardableResult private func search(
        _ rule: ConfirmingRule, in window: Span<UInt8>, from start: Int, limit: Int, until end: Int,
        at position: WindowPosition, into log: inout SightingLog
    ) -> Int {
        var cursor = start
        var isBehindMatch = false
        while cursor < end || isBehindMatch && rule.goesOn {
            // Where the search starts is no place for `\G` to hold: one byte before it does, and that is no match.
            let isApart = rule.goesOn && !isBehindMatch && cursor > 0
            let first = isApart ? cursor - 1 : cursor
            let last = cursor < end ? limit : max(limit, min(window.count, cursor + Self.slack))
            // What starts further on is proposed by hits of its own.
            let lastStart = rule.goesOn ? last : end + ImageScanner.context
            let outcome = rule.pattern.firstMatch(
                in: window, from: first, upTo: lastStart, limit: last, isBeginning: position.offset == 0,
                matcher: matcher)
            switch outcome {
            case .none:
                return max(cursor, end)
            case .exhausted:
                log.fallShort("rule \(rule.rule.id) exceeded its match limit")
                return max(cursor, end)
            case .match(let match) where isApart && match.whole.lowerBound == first:
                cursor += 1
            case .match(let match):
                cursor = max(match.whole.upperBound, match.whole.lowerBound + 1)
                isBehindMatch = true
                judge(match, of: rule, in: window, limit: last, at: position, into: &log)
            }
        }
        return cursor
    }

    /// Adds the match to the log if everything the rule asks of the secret holds.
    private func judge(
        _ match: RegularExpression.Match, of ready: ConfirmingRule, in window: Span<UInt8>, limit: Int,
        at position: WindowPosition, into log: inout SightingLog
    ) {
        let stored = window.extracting(match.secret)
        guard let checksum = ready.rule.checksum, [.base64Text, .base64KeyStore].contains(checksum) else {
            return note(stored, match, of: ready, in: window, at: position, into: &log)
        }
        guard let secret = SecretCheck.decoded(stored, checksum) else {
            let isCut = match.secret.upperBound == limit
            let isSeenNext =
                limit == window.count
                && match.whole.lowerBound >= limit - ImageScanner.overlap + ImageScanner.context
            if checksum == .base64KeyStore, isCut, !isSeenNext, SecretCheck.isStoreCut(stored) {
                log.fallShort("a key store in base64 goes on beyond what is looked at together")
            }
            return
        }
        note(secret.span, match, of: ready, in: window, at: position, within: ["base64"], into: &log)
    }

    private func note(
        _ secret: Span<UInt8>, _ match: RegularExpression.Match, of ready: ConfirmingRule,
        in window: Span<UInt8>, at position: WindowPosition, within steps: [String] = [],
        into log: inout SightingLog
    ) {
        guard !secret.isEmpty, isCredible(secret, ready), !isExcepted(match, of: ready, in: window, &log)
        else { return }
        let rule = ready.rule
        let facts = SecretFacts(rule, match: window.extracting(match.whole), secret: secret)
        let place = SightedPlace(
            offset: position.offset + match.secret.lowerBound, length: match.secret.count, within: steps)
        var finding = SightedFinding(
            detector: detector, rule: rule.id, kind: facts.kind, title: rule.title, severity: rule.severity,
            confidence: rule.confidence, bases: facts.bases, place: place,
            fingerprint: rule.kind.isSecret ? table.key.fingerprint(of: secret) : nil,
            preview: rule.kind.isSecret ? facts.preview : nil, attributes: facts.attributes)
        if !steps.isEmpty { finding.secretLength = secret.count }
        let start = position.offset + match.whole.lowerBound
        var draft = SightingLog.Draft(sighting: .finding(finding), start: start, hasLines: true)
        draft.spelledOut = steps.count
        log.add(draft)
        guard let key = facts.key(place: place, detector: detector) else { return }
        log.add(.item(key), start: start, hasLines: true)
    }

    private func isCredible(_ secret: Span<UInt8>, _ ready: ConfirmingRule) -> Bool {
        if ready.rule.kind.isSecret, PublishedSamples.contain(secret) { return false }
        if ready.rule.asksForRandomness, SecretCheck.countsUp(secret) { return false }
        if let minimum = ready.rule.minimumEntropy, SecretCheck.entropy(of: secret) < minimum { return false }
        if ready.rule.isAssigned, !isLiteral(secret) { return false }
        if let minimum = minimumSurprise(of: secret, ready.rule) {
            if !surprises(secret, minimum) { return false }
            if ready.rule.isAssigned, EverydayWords.hold(secret) { return false }
        }
        if let checksum = ready.rule.checksum, !SecretCheck.passes(checksum, secret) { return false }
        return !isAllowed(secret, ready)
    }

    /// Whether the value is one of its own, also as it reads in an address.
    private func isLiteral(_ secret: Span<UInt8>) -> Bool {
        guard AssignedValue.isLiteral(secret) else { return false }
        guard let plain = PercentText.decoded(secret), plain.allSatisfy(PlainText.isPrintable) else {
            return true
        }
        return AssignedValue.isLiteral(plain.span)
    }

    /// Whether the secret, or what it stands for in an address, is one that the rule lets be.
    private func isAllowed(_ secret: Span<UInt8>, _ ready: ConfirmingRule) -> Bool {
        if ready.allow.contains(where: { $0.matches(secret, matcher) }) { return true }
        guard let plain = PercentText.decoded(secret) else { return false }
        return ready.allow.contains { $0.matches(plain.span, matcher) }
    }

    /// How much the secret has to surprise: letters alone are a word until they clearly are none.
    private func minimumSurprise(of secret: Span<UInt8>, _ rule: DetectorRule) -> Double? {
        guard let minimum = rule.minimumLetterSurprise,
            secret.indices.allSatisfy({ PlainText.isUpper(secret[$0]) || PlainText.isLower(secret[$0]) })
        else { return rule.minimumSurprise }
        return minimum
    }

    /// Whether the secret surprises by so many bits a character, and is not the base64 of words.
    private func surprises(_ secret: Span<UInt8>, _ minimum: Double) -> Bool {
        guard Surprise.bits(of: secret) >= minimum else { return false }
        guard let text = SecretCheck.decoded(secret, .base64Text) else { return true }
        return !text.contains { $0 <= UInt8(ascii: " ") } && !SecretCheck.countsUp(text.span)
            && Surprise.bits(of: text.span) > Surprise.words
    }

    /// Whether the file is not one that the rule is for, or one of the rule's exceptions holds.
    private func isExcepted(
        _ match: RegularExpression.Match, of ready: ConfirmingRule, in window: Span<UInt8>,
        _ log: inout SightingLog
    ) -> Bool {
        guard isKeyed(ready.rule, match, window) else { return true }
        // A copy: what is lent of a property of the class cannot be told to stay as it is.
        let path = path
        if let pattern = ready.path {
            if path.isEmpty { return true }
            switch pattern.search(path.span, matcher) {
            case .match: break
            case .none: return true
            // Then it is not known, and the finding stays.
            case .exhausted: log.fallShort("the path of rule \(ready.rule.id) exceeded its match limit")
            }
        }
        return ready.exceptions.contains { exception in
            exception.holds(match, in: window, path: path, matcher: matcher)
        }
    }

    private func isKeyed(
        _ rule: DetectorRule, _ match: RegularExpression.Match, _ window: Span<UInt8>
    ) -> Bool {
        guard !rule.keywords.isEmpty else { return true }
        if Keywords.stand(rule.keywords, in: window.extracting(match.whole)) { return true }
        if keyed.contains(rule.id) { return true }
        if unkeyed.contains(rule.id) { return false }
        let found = Keywords.stand(rule.keywords, in: window)
        if found { keyed.insert(rule.id) } else { unkeyed.insert(rule.id) }
        return found
    }

    private func rule(_ index: Int, into log: inout SightingLog) -> ConfirmingRule? {
        if let rule = ready[index] { return rule }
        do {
            let rule = try table.confirming.rule(index)
            ready[index] = rule
            return rule
        } catch {
            log.fallShort(error.description)
            return nil
        }
    }
}
