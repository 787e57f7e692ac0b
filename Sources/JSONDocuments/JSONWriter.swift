/// The document so far, and the objects and lists in it that have not ended.
final class JSONWriter {
    /// An object or a list that is being written.
    private struct Open {
        /// Where its bracket stands.
        let start: Int
        /// How many members of the objects around it were noted before its own; nil for a list.
        let firstMember: Int?
        var isEmpty = true
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

    /// How many objects and lists have begun and not ended.
    var depth: Int { open.count }

    /// Writes a whole value, and ends what it began.
    func write(_ value: some Encodable) throws {
        let (start, outer) = (bytes.count, depth)
        try value.encode(to: JSONPlace(writer: self, depth: outer))
        close(to: outer)
        guard bytes.count > start else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: [], debugDescription: "writes no value of JSON"))
        }
    }

    /// Begins an object, or goes on with the one that stands at this depth.
    func beginObject(at depth: Int) {
        guard self.depth == depth else { return }
        open.append(Open(start: bytes.count, firstMember: members.count))
        bytes.append(UInt8(ascii: "{"))
    }

    func beginList() {
        open.append(Open(start: bytes.count, firstMember: nil))
        bytes.append(UInt8(ascii: "["))
    }

    /// The key of the next member of the object that is the last at `depth`.
    func beginMember(_ key: String, at depth: Int) {
        close(to: depth)
        separate()
        members.append(Member(key: key, start: bytes.count))
        write(text: key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// What stands before the next element of the list that is the last at `depth`.
    func beginElement(at depth: Int) {
        close(to: depth)
        separate()
    }

    private func separate() {
        let last = open.count - 1
        if !open[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[last].isEmpty = false
    }

    /// Ends objects and lists until no more than `depth` are left.
    func close(to depth: Int) {
        while open.count > depth, let ended = open.popLast() {
            guard let firstMember = ended.firstMember else {
                bytes.append(UInt8(ascii: "]"))
                continue
            }
            sortMembers(from: firstMember)
            members.removeSubrange(firstMember...)
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Puts the members that end the document into the order of their keys.
    private func sortMembers(from first: Int) {
        let own = members[first...]
        let isSorted = zip(own, own.dropFirst()).allSatisfy { !CodeUnitOrder.precedes($1.key, $0.key) }
        guard !isSorted, let start = own.first?.start else { return }
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
