/// One YAML document as a tree of nodes, each of which knows its line and column.
///
/// # What is read
/// YAML 1.2 as libyaml reads it, in UTF-8 without a byte order mark, exactly one document a file, within
/// ``YAMLLimits``. Everything by which the same text means one thing to one reader and something else to another is
/// refused: duplicate keys (also where they differ in Unicode normalisation only), anchors, aliases, tags, merge keys,
/// keys that are no text, line breaks other than LF and CR. What a plain scalar means is decided by whoever knows the
/// type wanted, see ``PlainScalar``.
package struct YAMLDocument: Sendable {
    package let source: YAMLSource
    package let root: YAMLNode

    package var file: String { source.file }

    /// Reads `bytes`; `file` is how errors call them.
    package static func parse(
        _ bytes: [UInt8], file: String, limits: YAMLLimits = .default
    ) throws(YAMLError) -> YAMLDocument {
        var repeats: [YAMLError] = []
        let document = try parse(bytes, file: file, limits: limits, noting: &repeats)
        if let first = repeats.first { throw first }
        return document
    }

    /// The same, but keys that stand a second time are noted: each is as wrong, and hides nothing else that is.
    package static func parse(
        _ bytes: [UInt8], file: String, limits: YAMLLimits = .default, noting repeats: inout [YAMLError]
    ) throws(YAMLError) -> YAMLDocument {
        let source = YAMLSource(file: file, bytes: bytes)
        try checkBytes(source, limits)
        return YAMLDocument(source: source, root: try tree(of: source, limits, &repeats))
    }

    private static func tree(
        of source: YAMLSource, _ limits: YAMLLimits, _ repeats: inout [YAMLError]
    ) throws(YAMLError) -> YAMLNode {
        let file = source.file
        var parser = EventParser(source)
        var builder = TreeBuilder(file: file, limits: limits)
        while true {
            let event = try parser.next()
            let place = YAMLError.Place(file: file, mark: event.mark)
            switch event.kind {
            case .streamEnd:
                guard let root = builder.root else { throw empty(file) }
                repeats = builder.repeats
                return root
            case .documentStart(let hasTagDirectives):
                guard builder.root == nil else {
                    throw YAMLError(
                        .severalDocuments, at: place, "a file holds one document, and a second begins here")
                }
                guard !hasTagDirectives else {
                    throw YAMLError(.tag, at: place, "tag directives are not read")
                }
            default:
                try builder.add(event)
            }
        }
    }

    /// Refuses what libyaml would take and we do not, before it sees a byte.
    private static func checkBytes(_ source: YAMLSource, _ limits: YAMLLimits) throws(YAMLError) {
        let bytes = source.bytes
        func error(_ code: YAMLError.Code, at offset: Int, _ reason: String) -> YAMLError {
            YAMLError(code, at: YAMLError.Place(file: source.file, mark: source.mark(at: offset)), reason)
        }
        guard bytes.count <= limits.bytes else {
            throw error(.tooLarge, at: 0, "\(bytes.count) bytes, and at most \(limits.bytes) are read")
        }
        guard !bytes.starts(with: [0xfe, 0xff]), !bytes.starts(with: [0xff, 0xfe]) else {
            throw error(.notUTF8, at: 0, "written in UTF-16: only UTF-8 is read")
        }
        guard !bytes.starts(with: [0xef, 0xbb, 0xbf]) else {
            throw error(.byteOrderMark, at: 0, "begins with a byte order mark, which UTF-8 does not need")
        }
        if let offset = source.firstInvalidOffset {
            throw error(.notUTF8, at: offset, "a byte that is no UTF-8")
        }
        if let offset = source.firstForbiddenOffset {
            throw error(
                .forbiddenCharacter, at: offset,
                "a line break that only YAML 1.1 knows (U+0085, U+2028 or U+2029)")
        }
    }

    private static func empty(_ file: String) -> YAMLError {
        YAMLError(.empty, at: YAMLError.Place(file: file, mark: .start), "no document in this file")
    }
}
