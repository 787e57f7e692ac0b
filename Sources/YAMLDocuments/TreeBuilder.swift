/// Makes the tree of nodes from events, without recursion, and refuses what we do not read.
struct TreeBuilder {
    /// A sequence or mapping that has begun and not ended.
    private struct Frame {
        let mark: YAMLMark
        var isMapping: Bool
        var elements: [YAMLNode] = []
        var pairs: [YAMLNode.Pair] = []
        /// The keys so far and where; `String` compares what looks alike as equal (canonical equivalence).
        var keys: [String: YAMLMark] = [:]
        /// The key that waits for its value, and whether that is to be kept.
        var key: (text: String, mark: YAMLMark, isRepeated: Bool)?
    }

    private let file: String
    private let limits: YAMLLimits
    private var frames: [Frame] = []
    private var count = 0
    /// The document's node, once it is whole.
    private(set) var root: YAMLNode?
    /// Keys that stand a second time, of which the first value is kept: these hide no other mistake.
    private(set) var repeats: [YAMLError] = []

    init(file: String, limits: YAMLLimits) {
        self.file = file
        self.limits = limits
    }

    /// Takes the next event of the document.
    mutating func add(_ event: YAMLEvent) throws(YAMLError) {
        try refuseProperties(event)
        switch event.kind {
        case .scalar(let text, let isPlain):
            try countNode(at: event.mark)
            if isKeyNext {
                try addKey(text, isPlain: isPlain, at: event.mark)
            } else {
                addNode(YAMLNode(.scalar(text: text, isPlain: isPlain), mark: event.mark))
            }
        case .sequenceStart:
            try begin(Frame(mark: event.mark, isMapping: false))
        case .mappingStart:
            try begin(Frame(mark: event.mark, isMapping: true))
        case .sequenceEnd, .mappingEnd:
            guard let frame = frames.popLast() else { return }
            addNode(
                YAMLNode(
                    frame.isMapping ? .mapping(frame.pairs) : .sequence(frame.elements), mark: frame.mark))
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .alias:
            return
        }
    }

    private var isKeyNext: Bool { frames.last.map { $0.isMapping && $0.key == nil } ?? false }

    private func refuseProperties(_ event: YAMLEvent) throws(YAMLError) {
        if case .alias = event.kind {
            throw error(.alias, at: event.mark, "aliases are not read: write the value out")
        }
        if event.hasAnchor {
            throw error(
                .anchor, at: event.mark, "anchors are not read: write the value out where it is needed")
        }
        if event.hasTag {
            throw error(.tag, at: event.mark, "tags are not read: what a value is follows from its key")
        }
    }

    private mutating func begin(_ frame: Frame) throws(YAMLError) {
        try countNode(at: frame.mark)
        guard !isKeyNext else { throw error(.keyNotText, at: frame.mark, "a key must be text") }
        guard frames.count < limits.depth else {
            throw error(.tooDeep, at: frame.mark, "nested deeper than \(limits.depth) levels")
        }
        frames.append(frame)
    }

    private mutating func countNode(at mark: YAMLMark) throws(YAMLError) {
        count += 1
        guard count <= limits.nodes else {
            throw error(.tooManyNodes, at: mark, "more than \(limits.nodes) values and keys")
        }
    }

    private mutating func addKey(_ text: String, isPlain: Bool, at mark: YAMLMark) throws(YAMLError) {
        if isPlain {
            let plain = PlainScalar(text)
            guard text != "<<" else {
                throw error(.mergeKey, at: mark, "merge keys are not read: write the keys out")
            }
            guard plain.value != .null else {
                throw error(.keyNotText, at: mark, "a key must be text, and is empty")
            }
            guard plain.value == .string, plain.legacyMeaning == nil else {
                let meaning = plain.legacyMeaning.map { "\($0) in YAML 1.1" } ?? plain.summary
                throw error(.keyNotText, at: mark, "a key must be text, and without quotes is \(meaning)")
            }
        }
        let last = frames.count - 1
        let first = frames[last].keys[text]
        if let first {
            repeats.append(
                error(
                    .duplicateKey, at: mark, "the key stands here a second time, first in line \(first.line)"
                ))
        } else {
            frames[last].keys[text] = mark
        }
        frames[last].key = (text, mark, isRepeated: first != nil)
    }

    private mutating func addNode(_ node: YAMLNode) {
        guard let last = frames.indices.last else {
            root = node
            return
        }
        guard let key = frames[last].key else {
            frames[last].elements.append(node)
            return
        }
        if !key.isRepeated {
            frames[last].pairs.append(YAMLNode.Pair(key: key.text, keyMark: key.mark, value: node))
        }
        frames[last].key = nil
    }

    private func error(_ code: YAMLError.Code, at mark: YAMLMark, _ reason: String) -> YAMLError {
        YAMLError(code, at: YAMLError.Place(file: file, mark: mark), reason)
    }
}
