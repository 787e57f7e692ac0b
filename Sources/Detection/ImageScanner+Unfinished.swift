internal import Model

extension ImageScanner {
    static let cutText = "an archive that stands encoded goes on beyond what is looked at together"

    /// Goes on with encoded text that the window before could not see to its end.
    func goOn(in window: Span<UInt8>, at offset: Int, from seen: Int, ownedFrom: Int) {
        guard var text = unfinished.take(), text.supersede(from: offset + ownedFrom) else { return }
        let isMore = text.append(window.extracting(min(seen, window.count)...))
        unfinished = text
        if !isMore { finishText() }
    }

    /// Decodes such text as a whole, once its end is seen.
    func finishText() {
        guard let text = unfinished.take() else { return }
        guard text.isContinued else {
            for beginning in text.beginnings { log.add(beginning) }
            return
        }
        guard !text.isTooLong else {
            let size = UnfinishedText.longest >> 20
            return log.fallShort("an archive in base64 of more than \(size) MiB is not opened")
        }
        var found = SightingLog()
        searchEncoded(in: text.bytes.span, as: .file, into: &found)
        for beginning in text.beginnings {
            let whole = found.packed.map { $0.moved(by: text.start) }
                .first { $0.stored.lowerBound == beginning.stored.lowerBound }
            if let whole {
                log.add(whole)
            } else {
                log.fallShort(Self.cutText)
            }
        }
    }
}
