/// The bytes of a document so far, and the objects and lists in it that have not ended.
struct JSONText {
    /// An object or a list that is being written.
    private struct Open {
        /// How many members of the objects around it were noted before its own; nil for a list.
        let firstMember: Int?
        var isEmpty = true
        /// Whether its members came in the order of their keys so far.
        var isOrdered = true
        /// Whether a part of it is no longer here, so that it cannot be put into order any more.
        var isHandedOn = false
    }

    /// A member of an object that is being written.
    private struct Member {
        let key: String
        /// From its key's quotation mark.
        let start: Int
    }

    var bytes: [UInt8] = []
    private var open: [Open] = []
    private var members: [Member] = []
    /// Where the bytes go as soon as there are so many; nil where all are kept.
    private let sink: JSONSink?
    private let portion: Int
    private var handedOn = 0
    /// Why no more can be handed on.
    private(set) var failure: (any Error)?

    init(sink: JSONSink? = nil, portion: Int = .max) {
        self.sink = sink
        self.portion = portion
    }

    /// How many objects and lists have begun and not ended.
    var depth: Int { open.count }

    /// How many bytes there are, with those that were handed on.
    var count: Int { handedOn + bytes.count }

    /// Begins an object, or goes on with the one that stands at this depth.
    mutating func beginObject(at depth: Int) {
        guard self.depth == depth else { return }
        open.append(Open(firstMember: members.count))
        bytes.append(UInt8(ascii: "{"))
    }

    mutating func beginList() {
        open.append(Open(firstMember: nil))
        bytes.append(UInt8(ascii: "["))
    }

    /// The key of the next member of the object that is the last at `depth`.
    mutating func beginMember(_ key: String, at depth: Int) {
        close(to: depth)
        separate()
        let last = open.count - 1
        if let first = open[last].firstMember, members.count > first,
            CodeUnitOrder.precedes(key, members[members.count - 1].key)
        {
            open[last].isOrdered = false
        }
        members.append(Member(key: key, start: bytes.count))
        write(text: key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// What stands before the next element of the list that is the last at `depth`.
    mutating func beginElement(at depth: Int) {
        close(to: depth)
        separate()
        if bytes.count >= portion, open.allSatisfy(\.isOrdered) { handOn() }
    }

    /// Hands on what is here, to which nothing that comes later can be put before.
    mutating func handOn() {
        guard let sink, failure == nil else { return }
        do {
            try sink(bytes[...])
        } catch {
            failure = error
        }
        handedOn += bytes.count
        bytes.removeAll(keepingCapacity: true)
        for position in open.indices { open[position].isHandedOn = true }
    }

    private mutating func separate() {
        let last = open.count - 1
        if !open[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[last].isEmpty = false
    }

    /// Ends objects and lists until no more than `depth` are left.
    mutating func close(to depth: Int) {
        while open.count > depth, let ended = open.popLast() {
            guard let firstMember = ended.firstMember else {
                bytes.append(UInt8(ascii: "]"))
                continue
            }
            if !ended.isOrdered {
                if ended.isHandedOn {
                    failure = outOfOrder(firstMember)
                } else {
                    sortMembers(from: firstMember)
                }
            }
            members.removeSubrange(firstMember...)
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private func outOfOrder(_ first: Int) -> any Error {
        EncodingError.invalidValue(
            members[first...].map(\.key),
            .init(codingPath: [], debugDescription: "keys of a long object that are not in their order"))
    }

    /// Puts the members that end the document into the order of their keys.
    private mutating func sortMembers(from first: Int) {
        let own = members[first...]
        guard let start = own.first?.start else { return }
        let spans = own.indices.map { position in
            let end = position + 1 < members.count ? members[position + 1].start - 1 : bytes.count
            return (key: members[position].key, range: members[position].start..<end)
        }
        var sorted: [UInt8] = []
        sorted.reserveCapacity(bytes.count - start)
        for span in spans.sorted(by: { CodeUnitOrder.precedes($0.key, $1.key) }) {
            if !sorted.isEmpty { sorted.append(UInt8(ascii: ",")) }
            sorted.append(contentsOf: bytes[span.range])
        }
        bytes.replaceSubrange(start..., with: sorted)
    }
}
