/// Holds a document against the grammar of RFC 8259 and notes where each value stands.
///
/// It does not call itself, so that no depth of nesting ends the stack.
struct JSONScanner {
    /// Decoders of nested types call themselves as deep.
    private static let deepest = 512

    /// The byte order mark, with which some programs begin their texts.
    private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// An object or a list that has not ended.
    private struct Open {
        let node: Int
        let isObject: Bool
        var keys = JSONKeyOrder()
    }

    let bytes: [UInt8]
    var position = 0
    private(set) var nodes: [JSONNode] = []
    private var open: [Open] = []

    static func nodes(of bytes: [UInt8]) throws(JSONFault) -> [JSONNode] {
        guard bytes.count <= JSONDocument.largest else {
            throw JSONFault(.tooLarge, at: 0, of: [], "is larger than \(JSONDocument.largest) bytes")
        }
        try requireText(bytes)
        var scanner = JSONScanner(bytes: bytes)
        try scanner.scan()
        return scanner.nodes
    }

    /// Throws where the bytes are no UTF-8.
    private static func requireText(_ bytes: [UInt8]) throws(JSONFault) {
        // Most documents are ASCII, which is told in a fraction of the time.
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        guard all >= 0x80 else { return }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let place = error.byteOffsets
            throw error.kind == .truncatedScalar && place.upperBound == bytes.count
                ? JSONFault(.truncated, at: bytes.count, of: bytes, "ends within a character")
                : JSONFault(.malformed, at: place.lowerBound, of: bytes, "has bytes that are not UTF-8")
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        // What our own documents have; others are put up with.
        nodes.reserveCapacity(bytes.count / 14)
    }

    private mutating func scan() throws(JSONFault) {
        if bytes.starts(with: Self.mark) { position = Self.mark.count }
        skipSpace()
        try value()
        while let innermost = open.last {
            skipSpace()
            if take(innermost.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                try close()
                continue
            }
            if nodes.count > innermost.node + 1 {
                guard take(UInt8(ascii: ",")) else {
                    throw unexpected(
                        innermost.isObject ? "a comma or the object's end" : "a comma or the list's end")
                }
                skipSpace()
            }
            if innermost.isObject { try key() }
            try value()
        }
        skipSpace()
        guard position == bytes.count else {
            throw JSONFault(.malformed, at: position, of: bytes, "goes on behind its end")
        }
    }

    /// A value; of an object or a list, its beginning.
    private mutating func value() throws(JSONFault) {
        guard position < bytes.count else { throw unexpected("a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): try begin(isObject: true)
        case UInt8(ascii: "["): try begin(isObject: false)
        case UInt8(ascii: "\""): nodes.append(try text())
        default: nodes.append(try word())
        }
    }

    private mutating func begin(isObject: Bool) throws(JSONFault) {
        guard open.count < Self.deepest else {
            throw JSONFault(.tooDeep, at: position, of: bytes, "nests deeper than \(Self.deepest) levels")
        }
        open.append(Open(node: nodes.count, isObject: isObject))
        nodes.append(JSONNode(holderAt: position))
        position += 1
    }

    private mutating func close() throws(JSONFault) {
        guard let ended = open.popLast() else { return }
        nodes[ended.node].hold(nodes.count - ended.node - 1)
        guard ended.isObject, !ended.keys.areSurelyDistinct else { return }
        let tree = JSONTree(bytes: bytes, nodes: nodes)
        guard let node = JSONKeyOrder.repeated(in: ended.node, tree) else { return }
        let key = String(reflecting: String(tree.text(node).prefix(80)))
        throw JSONFault(
            .repeatedKey, at: nodes[node].start, of: bytes, "has the key \(key) twice in one object")
    }

    private mutating func key() throws(JSONFault) {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw unexpected("a key") }
        let key = try text()
        nodes.append(key)
        open[open.count - 1].keys.add(key.inside, of: bytes)
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw unexpected("a colon") }
        skipSpace()
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0a, 0x0d, 0x09: position += 1
            default: return
            }
        }
    }

    func unexpected(_ wanted: String) -> JSONFault {
        position < bytes.count
            ? JSONFault(.malformed, at: position, of: bytes, "has something else where \(wanted) must stand")
            : JSONFault(.truncated, at: position, of: bytes, "ends where \(wanted) must stand")
    }
}
