package import Model

/// All detectors at work for one task: files one after another, window by window, and metadata.
///
/// `begin` a file, `scan` its windows in order, `end` it. An archive's members come as files of their own, named by
/// `within`. Each window but the first must begin `overlap` bytes before the end of the one before, so that what lies
/// across a border is seen whole once; what is longer than `overlap` and lies across one is missed or cut, but for
/// private keys (`UnfinishedKey`) and archives that stand encoded (`UnfinishedText`).
package final class ImageScanner {
    /// How many bytes of one window the next begins with.
    package static let overlap = 16 * 1024
    /// Content that is looked at as a whole is collected up to this size.
    static let largestContent = 1024 * 1024

    /// What lies before a match belongs to it, for word boundaries and the like.
    static let context = 64

    let key: FingerprintKey
    private let scanners: [any DetectorScanner]
    /// For each detector the first of its proposals, and one more for the end.
    private let firstProposals: [Int]
    private let prefilter: Prefilter
    private var file: ScannedFile?
    var log = SightingLog()
    private(set) var lines = LineCounter()
    private var interests: [Interest]
    private var isAnyoneInterested = false
    /// The end of the windows seen so far.
    private var position = 0
    private var content: [UInt8] = []
    private var contentWanted: [Bool]
    /// Whether the file begins as mails do.
    private(set) var isMail = false
    /// Encoded text whose end was not seen yet.
    var unfinished: UnfinishedText?
    /// A private key whose end was not seen yet, and the line and column that what is kept of it begins at.
    var unfinishedKey: UnfinishedKey?
    var keyPlace: (line: Int, column: Int)?
    /// Rooms for decoded text that are not in use.
    var spareTexts: [DecodedText] = []

    /// Why the file that ended last was not looked at as it should have been; nil where it was.
    package internal(set) var shortfall: String?

    init(_ detectors: [any Detector], prefilter: Prefilter, key: FingerprintKey) {
        self.key = key
        self.prefilter = prefilter
        scanners = detectors.map { $0.makeScanner() }
        firstProposals = detectors.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.proposals.count) }
        interests = Array(repeating: [], count: detectors.count)
        contentWanted = Array(repeating: false, count: detectors.count)
    }

    /// Begins a file, or an archive's member as `within` names it.
    package func begin(_ entry: FileEntry, within: [String] = []) {
        let file = ScannedFile(entry, within: within)
        self.file = file
        log.clear()
        unfinished = nil
        unfinishedKey = nil
        position = 0
        isAnyoneInterested = false
        for index in scanners.indices {
            interests[index] = scanners[index].begin(file, into: &log)
            contentWanted[index] = interests[index].contains(.content)
            if !interests[index].isEmpty { isAnyoneInterested = true }
        }
    }

    /// The next window of the file, whose first byte lies at `offset`.
    package func scan(window: Span<UInt8>, at offset: Int) {
        guard let file, !window.isEmpty else { return }
        if offset == 0 { isMail = QuotedPrintableText.isMail(window) }
        if offset == 0, isAnyoneInterested { askForContent(file, beginning: window) }
        let seen = max(0, position - offset)
        let ownedFrom = min(seen, Self.context)
        log.supersede(from: offset + ownedFrom)
        goOn(in: window, at: offset, from: seen, ownedFrom: ownedFrom)
        goOnWithKey(in: window, from: seen)
        lines.begin(at: offset)
        let first = log.drafts.count
        let place = WindowPosition(offset: offset, ownedFrom: ownedFrom)
        propose(in: window, into: &log)
        if isAnyoneInterested || !prefilter.hits.isEmpty {
            look(at: window, place, as: .file, into: &log)
            collect(window, from: seen)
        }
        searchEncoded(in: window, at: place, into: &log)
        if log.drafts.count > first { log.locate(from: first, in: window, lines: lines) }
        position = max(position, offset + window.count)
        if file.entry.size == 0 || position < file.entry.size {
            keepKey(in: window, at: offset)
            lines.end(window)
        }
    }

    /// What stands encoded in the file, as far as it was scanned, and has to be opened.
    package var packed: [PackedText] {
        finishText()
        return log.packed
    }

    /// Ends the file: everything that was seen in it.
    package func end() -> [Sighting] {
        guard let file else { return [] }
        self.file = nil
        finishText()
        finishKey()
        if isAnyoneInterested { examineContent(of: file) }
        shortfall = log.shortfall
        guard !log.drafts.isEmpty else { return [] }
        defer { log.clear() }
        return log.settled().map { sighting in
            var sighting = masked(sighting)
            sighting.place.within = file.within + sighting.place.within
            return sighting
        }
    }

    /// Everything that is seen in the image's metadata, up to `limit`; what is beyond is a shortfall.
    package func inspect(_ configuration: ImageConfiguration, limit: Int = .max) -> [Sighting] {
        var whole = SightingLog()
        for scanner in scanners { scanner.inspect(configuration, into: &whole) }
        shortfall = whole.shortfall
        var sightings = whole.settled().map(masked)
        for field in configuration.fields {
            let log = search(Array(field.text.utf8).span, asField: field.name)
            shortfall = shortfall ?? log.shortfall
            for var sighting in log.settled() {
                guard sightings.count < limit else {
                    shortfall = "more than \(limit) findings in the metadata; the rest is not listed"
                    return sightings
                }
                sighting.place.config = field.name
                sightings.append(sighting)
            }
        }
        return sightings
    }

    /// What is seen in `text`, which is no file.
    func search(_ text: Span<UInt8>, asField name: String?) -> SightingLog {
        var log = SightingLog()
        guard !text.isEmpty else { return log }
        look(at: text, as: .field(name), into: &log)
        searchEncoded(in: text, as: .field(name), into: &log)
        if !log.packed.isEmpty { log.fallShort("an archive in base64 is opened in files only") }
        return log
    }

    /// Adds what is seen in `text` as it is.
    func look(at text: Span<UInt8>, as subject: Subject, into log: inout SightingLog) {
        propose(in: text, into: &log)
        look(at: text, WindowPosition(offset: 0, ownedFrom: 0), as: subject, into: &log)
    }

    func propose(in text: Span<UInt8>, into log: inout SightingLog) {
        if !prefilter.scan(text) { log.fallShort("pattern search failed") }
    }

    /// Adds what detectors see in `text` that was just searched for proposals.
    func look(
        at text: Span<UInt8>, _ position: WindowPosition, as subject: Subject, into log: inout SightingLog
    ) {
        for index in scanners.indices {
            let hits = hits(ofDetector: index)
            switch subject {
            case .file where !hits.isEmpty || interests[index].contains(.windows):
                scanners[index].scan(text, at: position, hits: hits, into: &log)
            case .file: break
            case .field(let name): scanners[index].inspectField(name, text, hits: hits, into: &log)
            }
        }
    }

    /// What is seen in a file of this content, before the best rule for each secret is chosen.
    func searchFile(_ content: Span<UInt8>, path: EntryPath) -> SightingLog {
        let entry = FileEntry(path: path, kind: .file, size: content.count, mode: 0o644, owner: 0, group: 0)
        begin(entry)
        scan(window: content, at: 0)
        defer { _ = end() }
        return log
    }

    /// Of the last scan, those of one detector, counted from its own first proposal.
    private func hits(ofDetector index: Int) -> ArraySlice<Hit> {
        let all = prefilter.hits
        guard !all.isEmpty else { return [] }
        let first = firstProposals[index]
        let own = all.filter { (first..<firstProposals[index + 1]).contains($0.pattern) }
        return own.map { Hit(pattern: $0.pattern - first, firstEnd: $0.firstEnd, lastEnd: $0.lastEnd) }[...]
    }
}

extension ImageScanner {
    private func askForContent(_ file: ScannedFile, beginning: Span<UInt8>) {
        for index in scanners.indices where interests[index].contains(.contentIfBeginning) {
            contentWanted[index] =
                contentWanted[index] || scanners[index].wantsContent(file, beginning: beginning)
        }
    }

    /// Adds what is new in `window` to the content, if anyone wants it.
    private func collect(_ window: Span<UInt8>, from seen: Int) {
        guard contentWanted.contains(true), seen < window.count else { return }
        let room = Self.largestContent + 1 - content.count
        let new = window.extracting(seen..<min(window.count, seen + max(0, room)))
        unsafe new.withUnsafeBufferPointer { unsafe content.append(contentsOf: $0) }
    }

    /// Lets those who wanted the whole content see it.
    private func examineContent(of file: ScannedFile) {
        guard contentWanted.contains(true) else { return }
        defer {
            // It may hold secrets.
            for index in content.indices { content[index] = 0 }
            content.removeAll(keepingCapacity: true)
            for index in contentWanted.indices { contentWanted[index] = false }
        }
        guard content.count <= Self.largestContent else {
            log.fallShort("longer than what is looked at as a whole")
            return
        }
        for index in scanners.indices where contentWanted[index] {
            let first = log.drafts.count
            scanners[index].examine(content.span, of: file, into: &log)
            lines.begin(at: 0)
            log.locate(from: first, in: content.span, lines: lines)
        }
    }
}
