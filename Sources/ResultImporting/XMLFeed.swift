internal import XMLDocuments

/// Reads XML of any size from a feed.
enum XMLFeed {
    static func read(
        _ feed: ByteFeed, wanted: Set<String>, _ body: (XMLStream.Event) -> Void
    ) throws(ImportError) {
        var failure: ImportError?
        func next() -> [UInt8] {
            do throws(ImportError) {
                return Array(try feed.run { _ in false })
            } catch {
                failure = error
                return []
            }
        }
        do throws(XMLError) {
            try withoutActuallyEscaping(next) { next throws(XMLError) in
                try XMLStream.read(wanted: wanted, from: next, body)
            }
        } catch {
            if let failure { throw failure }
            // The library's words may quote the document.
            throw ImportError(
                code: code(of: error), place: error.place,
                reason: [.malformed, .truncated].contains(error.code) ? "no well-formed XML" : error.reason)
        }
        if let failure { throw failure }
    }

    private static func code(of error: XMLError) -> ImportError.Code {
        switch error.code {
        case .limit: .limit
        case .truncated: .truncated
        default: .malformed
        }
    }
}

extension XMLElement {
    /// The first child of this name, prefixes aside.
    func child(_ name: String) -> XMLElement? { children.first { $0.localName == name } }

    /// The text without blanks around it; nil where there is none.
    var word: String? {
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return trimmed.isEmpty ? nil : trimmed
    }
}
