import CLibYAML

/// libyaml's parser over a copy of a document's bytes.
@safe struct EventParser: ~Copyable {
    /// On the heap, because libyaml keeps pointers into it.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let source: YAMLSource
    /// Where the document ends; libyaml counts a line more where the last has no end.
    private let end: YAMLMark

    init(_ source: YAMLSource) {
        self.source = source
        end = source.mark(at: source.bytes.count)
        // Never empty, since libyaml wants an address even where there is nothing to read.
        unsafe input = .allocate(capacity: max(source.bytes.count, 1))
        _ = unsafe input.initialize(from: source.bytes)
        unsafe parser = .allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        // Fails for lack of memory only, which the first event then reports.
        _ = unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, source.bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event; libyaml's own refusal as an error.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe value(of: event)
    }

    private borrowing func value(of event: yaml_event_t) -> YAMLEvent {
        let mark = unsafe place(event.start_mark)
        func make(_ kind: YAMLEvent.Kind, anchor: Bool = false, tag: Bool = false) -> YAMLEvent {
            YAMLEvent(kind: kind, mark: mark, hasAnchor: anchor, hasTag: tag)
        }
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT:
            return make(.streamStart)
        case YAML_DOCUMENT_START_EVENT:
            let directives = unsafe event.data.document_start.tag_directives
            return unsafe make(.documentStart(hasTagDirectives: directives.start != directives.end))
        case YAML_DOCUMENT_END_EVENT:
            return make(.documentEnd)
        case YAML_ALIAS_EVENT:
            return make(.alias)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let text = unsafe String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let kind = unsafe YAMLEvent.Kind.scalar(
                text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            return unsafe make(kind, anchor: scalar.anchor != nil, tag: scalar.tag != nil)
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return unsafe make(.sequenceStart, anchor: start.anchor != nil, tag: start.tag != nil)
        case YAML_SEQUENCE_END_EVENT:
            return make(.sequenceEnd)
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return unsafe make(.mappingStart, anchor: start.anchor != nil, tag: start.tag != nil)
        case YAML_MAPPING_END_EVENT:
            return make(.mappingEnd)
        default:
            // What libyaml gives at the end of the stream and after it.
            return make(.streamEnd)
        }
    }

    /// What libyaml says went wrong; its scanner and parser give a mark, its reader a byte.
    private borrowing func failure() -> YAMLError {
        let problem = unsafe Self.words(parser.pointee.problem) ?? "unreadable"
        if unsafe parser.pointee.error == YAML_READER_ERROR {
            let place = YAMLError.Place(
                file: source.file, mark: unsafe source.mark(at: parser.pointee.problem_offset))
            return YAMLError(.forbiddenCharacter, at: place, problem)
        }
        let mark = unsafe place(parser.pointee.problem_mark)
        var reason = problem
        if let context = unsafe Self.words(parser.pointee.context) {
            let start = unsafe place(parser.pointee.context_mark)
            reason =
                start == mark || start == .start
                ? "\(context): \(problem)"
                : "\(context) that begins at line \(start.line), column \(start.column): \(problem)"
        }
        if isIndentedByTab(mark.line) {
            reason += "; the line is indented with a tab, where YAML takes spaces only"
        }
        return YAMLError(.syntax, at: YAMLError.Place(file: source.file, mark: mark), reason)
    }

    private borrowing func isIndentedByTab(_ line: Int) -> Bool {
        let lines = source.lines
        return lines.indices.contains(line - 1)
            && lines[line - 1].prefix { $0 == " " || $0 == "\t" }.contains("\t")
    }

    private borrowing func place(_ mark: yaml_mark_t) -> YAMLMark {
        min(YAMLMark(line: Int(mark.line) + 1, column: Int(mark.column) + 1), end)
    }

    private static func words(_ text: UnsafePointer<CChar>?) -> String? {
        guard let text = unsafe text else { return nil }
        return unsafe String(cString: text)
    }
}
