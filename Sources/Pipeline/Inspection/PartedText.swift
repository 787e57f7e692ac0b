/// Text that was put together from parts of a file, for detectors to see, and which part each byte comes from.
struct PartedText {
    private struct Part {
        let start: Int
        let label: String
        let number: Int
        /// Where in the file the part stands, byte for byte; nil where it does not stand there so.
        let place: Int?
    }

    private(set) var bytes: [UInt8] = []
    private var parts: [Part] = []
    private var labelWeight = 0

    var isEmpty: Bool { bytes.isEmpty }

    /// How much memory it takes, roughly.
    var weight: Int { bytes.count + parts.count * MemoryLayout<Part>.stride + labelWeight }

    /// Begins a part that is called by its label, and by its number where it has one.
    mutating func begin(_ label: String, number: Int = 0, at place: Int? = nil) {
        if parts.last?.label != label { labelWeight += label.utf8.count }
        parts.append(Part(start: bytes.count, label: label, number: number, place: place))
    }

    mutating func append(_ text: some Sequence<UInt8>) { bytes += text }

    /// Lets `body` add more.
    mutating func append(_ body: (inout [UInt8]) -> Void) { body(&bytes) }

    /// Forgets all; the text may hold secrets.
    mutating func clear() {
        for index in bytes.indices { bytes[index] = 0 }
        bytes.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        labelWeight = 0
    }

    /// What the byte at `offset` is part of, and where in the file it stands.
    func origin(of offset: Int) -> (name: String, place: Int?)? {
        var low = 0
        var high = parts.count
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let part = parts[low - 1]
        let name = part.number > 0 ? "\(part.label) row \(part.number)" : part.label
        return (name, part.place.map { $0 + offset - part.start })
    }
}
