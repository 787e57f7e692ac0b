internal import Model

extension ImageScanner {
    /// Goes on with a key that the window before could not see to its end.
    func goOnWithKey(in window: Span<UInt8>, from seen: Int) {
        guard var key = unfinishedKey.take() else { return }
        let isMore = key.append(window.extracting(min(seen, window.count)...))
        unfinishedKey = key
        if !isMore { finishKey() }
    }

    /// Keeps a key that goes on behind the window at `offset`.
    func keepKey(in window: Span<UInt8>, at offset: Int) {
        guard unfinishedKey == nil,
            let key = UnfinishedKey(
                in: window, at: offset, seenNext: window.count - Self.overlap + Self.context)
        else { return }
        unfinishedKey = key
        keyPlace = lines.places(of: [key.start], in: window).first ?? nil
    }

    /// Looks at such a key as a whole, once its end is seen.
    func finishKey() {
        guard let key = unfinishedKey.take(), key.isContinued else { return }
        guard !key.isTooLong else {
            return log.fallShort(
                "a private key of more than \(UnfinishedKey.longest >> 20) MiB is not read whole")
        }
        var found = SightingLog()
        let bytes = key.bytes.span
        propose(in: bytes, into: &found)
        look(at: bytes, WindowPosition(offset: key.start, ownedFrom: 0), as: .file, into: &found)
        // In a string, its breaks are escapes.
        var decoded = SightingLog()
        searchEncoded(in: bytes, as: .file, into: &decoded)
        for draft in decoded.drafts { found.add(draft.moved(by: key.start)) }
        if let shortfall = found.shortfall ?? decoded.shortfall { log.fallShort(shortfall) }
        let shared = key.border - Self.overlap + Self.context
        for var draft in found.drafts where draft.start < shared {
            let place = draft.sighting.place
            // Of what lies on one side of the border, windows have told.
            guard let offset = place.offset, offset + (place.length ?? 0) > key.border else { continue }
            if draft.hasLines, let first = keyPlace {
                let before = bytes.extracting(..<(offset - key.start))
                let last = LineBreaks.last(in: before)
                draft.sighting.place.line = first.line + LineBreaks.count(in: before)
                draft.sighting.place.column =
                    last.map { before.count - $0 } ?? first.column + before.count
            }
            log.add(draft)
        }
    }
}
