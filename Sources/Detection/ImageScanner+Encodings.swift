internal import Model

extension ImageScanner {
    /// What some text is part of, which decides by which rules it is looked at.
    enum Subject {
        /// The file that was begun.
        case file
        /// A field of metadata, or other text of no name.
        case field(String?)
    }

    /// How far encoded text is followed into encoded text.
    struct Nesting {
        /// Encodings in each other, those with escapes in plain text included.
        private static let steps = 3
        /// Encodings in which no byte stands for itself.
        private static let whole = 2

        private var steps = 0
        private var whole = 0

        func allows(_ encoding: any TextEncoding) -> Bool {
            steps < Self.steps && (encoding.isSparse || whole < Self.whole)
        }

        func inside(_ encoding: any TextEncoding) -> Nesting {
            var inner = self
            inner.steps += 1
            if !encoding.isSparse { inner.whole += 1 }
            return inner
        }
    }

    /// How many bytes are decoded at most for each that is stored.
    static let largestExpansion = 4

    /// Adds what is seen in text that stands encoded in the window of the file.
    func searchEncoded(in window: Span<UInt8>, at position: WindowPosition, into log: inout SightingLog) {
        var found = SightingLog()
        searchEncoded(
            in: window, RunSearch(isContinued: position.offset > 0, isMail: isMail), as: .file, into: &found)
        for draft in found.drafts where draft.start >= position.ownedFrom {
            log.add(draft.moved(by: position.offset))
        }
        let packed = found.packed.filter { $0.stored.lowerBound >= position.ownedFrom }
        let beyond = UnfinishedText(packed, in: window, at: position.offset)
        for text in packed.map({ $0.moved(by: position.offset) })
        where beyond?.beginnings.contains(where: { $0.isSame(as: text) }) != true {
            log.add(text)
        }
        if let beyond {
            // One that seems to begin within another; of the two, one is not put together.
            if unfinished != nil { log.fallShort(Self.cutText) }
            unfinished = beyond
        }
        if let shortfall = found.shortfall { log.fallShort(shortfall) }
    }

    /// Adds what is seen in text that stands encoded in `stored`, at the places where it stands there.
    func searchEncoded(
        in stored: Span<UInt8>, _ runs: RunSearch = RunSearch(), as subject: Subject,
        into log: inout SightingLog
    ) {
        var budget = stored.count * Self.largestExpansion
        search(stored, runs, as: subject, Nesting(), budget: &budget, into: &log)
    }

    private func search(
        _ stored: Span<UInt8>, _ runs: RunSearch, as subject: Subject, _ nesting: Nesting,
        budget: inout Int, into log: inout SightingLog
    ) {
        withSpareText { text in
            for encoding in Encodings.all {
                let isAllowed = nesting.allows(encoding)
                guard isAllowed || !encoding.isSparse else { continue }
                encoding.decode(stored, runs, into: &text)
                guard !text.isEmpty else { continue }
                defer { text.clear() }
                guard isAllowed else {
                    log.fallShort("text is encoded more often than is decoded")
                    continue
                }
                for packed in text.packed { log.add(packed) }
                budget -= text.bytes.count
                guard budget >= 0 else { return log.fallShort("more encoded text than is decoded") }
                var inner = SightingLog()
                look(at: text.bytes.span, as: subject, into: &inner)
                search(
                    text.bytes.span, RunSearch(), as: subject, nesting.inside(encoding),
                    budget: &budget, into: &inner)
                for draft in inner.drafts {
                    if let draft = draft.stored(in: text, isSparse: encoding.isSparse) { log.add(draft) }
                }
                for packed in inner.packed {
                    if let packed = packed.stored(in: text, isSparse: encoding.isSparse) { log.add(packed) }
                }
                if let shortfall = inner.shortfall { log.fallShort(shortfall) }
            }
        }
    }

    /// Where in `stored` secrets that are known stand encoded; nil where that would take too long to tell.
    func occurrences(
        of known: inout KnownSecrets, encodedIn stored: Span<UInt8>, sparingWords: Bool = false,
        _ nesting: Nesting = Nesting()
    ) -> [(range: Range<Int>, preview: String)]? {
        var found: [(range: Range<Int>, preview: String)]? = []
        guard !known.isEmpty else { return found }
        let runs = RunSearch(shortest: RunSearch.password)
        withSpareText { text in
            for encoding in Encodings.hiding where nesting.allows(encoding) {
                encoding.decode(stored, runs, into: &text)
                guard !text.isEmpty else { continue }
                defer { text.clear() }
                let bytes = text.bytes.span
                guard let plain = known.occurrences(in: bytes, sparingWords: sparingWords),
                    let nested = occurrences(
                        of: &known, encodedIn: bytes, sparingWords: sparingWords, nesting.inside(encoding))
                else { return found = nil }
                for (range, preview) in plain + nested {
                    if let place = text.stored(range) { found?.append((place, preview)) }
                }
            }
        }
        return found
    }

    /// Lends `body` room for decoded text, which it must leave empty.
    private func withSpareText(_ body: (inout DecodedText) -> Void) {
        var text = spareTexts.popLast() ?? DecodedText()
        body(&text)
        spareTexts.append(text)
    }
}

extension SightingLog.Draft {
    /// The same, that far behind.
    func moved(by offset: Int) -> Self {
        var draft = self
        draft.start += offset
        draft.sighting.place.offset = sighting.place.offset.map { $0 + offset }
        return draft
    }

    /// The same at the stored place of what was seen in `text`.
    ///
    /// Nil where no encoded run holds all of it, and where it stands there for itself, and so was seen.
    fileprivate func stored(in text: borrowing DecodedText, isSparse: Bool) -> Self? {
        guard let offset = sighting.place.offset, let length = sighting.place.length, length > 0 else {
            return nil
        }
        let range = offset..<offset + length
        let whole = min(start, offset)..<range.upperBound
        guard let name = text.encoding(of: whole), let place = text.stored(range),
            let beginning = text.stored(whole)
        else { return nil }
        if isSparse, !text.isEscaped(whole) { return nil }
        var draft = self
        draft.start = beginning.lowerBound
        draft.sighting.place.offset = place.lowerBound
        draft.sighting.place.length = place.count
        draft.sighting.place.within.insert(name, at: 0)
        if case .finding(var finding) = draft.sighting {
            finding.secretLength = finding.secretLength ?? length
            draft.sighting = .finding(finding)
        }
        if !isSparse { draft.spelledOut += 1 }
        return draft
    }
}
