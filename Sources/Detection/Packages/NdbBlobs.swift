/// The blobs of rpm's own database format, `Packages.db`, which are its headers, out of bytes that come in pieces.
///
/// Pages of slots stand first, each of which says where a package's blob lies, in units of sixteen bytes.
struct NdbBlobs {
    private struct Slot {
        let package: UInt32
        let start: Int
        let length: Int
    }

    private static let mark: UInt32 = 0x506d_7052
    private static let slotMark: UInt32 = 0x746f_6c53
    private static let blobMark: UInt32 = 0x5362_6c42
    private static let unit = 16
    private static let headerLength = 32
    private static let pageSize = 4096
    /// Slots for as many packages as one layer may name.
    private static let pageLimit = 1 + PackageRecords.packageLimit * unit / pageSize
    /// No honest blob is longer.
    private static let longest = 4 << 20

    /// What was gathered of the slots or of a blob.
    private var gathered: [UInt8] = []
    /// How much that will be.
    private var wanted = headerLength
    private var position = 0
    /// Those whose blobs are not yet read, the next one last; nil before the slots are known.
    private var slots: [Slot]?

    /// Shows every blob that is complete with `bytes`.
    mutating func add(_ bytes: Span<UInt8>, _ show: (Span<UInt8>) -> Void) {
        var rest = 0
        while rest < bytes.count, wanted > 0 {
            if let start = slots?.last?.start, position < start {
                let count = min(start - position, bytes.count - rest)
                rest += count
                position += count
                continue
            }
            let count = min(wanted - gathered.count, bytes.count - rest)
            for index in rest..<(rest + count) { gathered.append(bytes[index]) }
            rest += count
            position += count
            if gathered.count == wanted { complete(show) }
        }
    }

    private mutating func complete(_ show: (Span<UInt8>) -> Void) {
        if let slot = slots?.popLast() {
            showBlob(slot, show)
        } else if gathered.count == Self.headerLength {
            let pages = Int(word(12))
            let isKnown = word(0) == Self.mark && word(4) == 0 && (1...Self.pageLimit).contains(pages)
            wanted = isKnown ? pages * Self.pageSize : 0
            return
        } else {
            takeSlots()
        }
        gathered.removeAll(keepingCapacity: true)
        // What lies across the one before is no blob.
        while let slot = slots?.last, slot.start < position { slots?.removeLast() }
        wanted = slots?.last?.length ?? 0
    }

    private mutating func takeSlots() {
        slots = stride(from: Self.headerLength, to: gathered.count, by: Self.unit)
            .compactMap { place in
                let length = Int(word(place + 12)) * Self.unit
                guard word(place) == Self.slotMark, word(place + 8) != 0, length > 2 * Self.unit,
                    length <= Self.longest
                else { return nil }
                return Slot(
                    package: word(place + 4), start: Int(word(place + 8)) * Self.unit, length: length)
            }
            .sorted { ($0.start, $0.package, $0.length) > ($1.start, $1.package, $1.length) }
    }

    private func showBlob(_ slot: Slot, _ show: (Span<UInt8>) -> Void) {
        let length = Int(word(12))
        guard word(0) == Self.blobMark, word(4) == slot.package, length <= gathered.count - Self.unit
        else { return }
        show(gathered.span.extracting(Self.unit..<(Self.unit + length)))
    }

    private func word(_ place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(gathered[place + $1]) << (8 * $1) }
    }
}
