/// A database in rpm's own format, `Packages.db`, as rpm's source describes it: Debian's rpm is built without it.
package enum NdbFile {
    /// A database of these headers, the last of which lies first; `edit` changes the slots before they are written.
    package static func bytes(
        of headers: [[UInt8]], edit: (inout [(package: Int, start: Int, length: Int)]) -> Void = { _ in }
    ) -> [UInt8] {
        var slots: [(package: Int, start: Int, length: Int)] = []
        var blobs: [UInt8] = []
        for (index, header) in headers.enumerated().reversed() {
            let start = (4096 + blobs.count) / 16
            blobs += Array("BlbS".utf8) + number(index + 1) + number(7) + number(header.count) + header
            // The end is where the blocks end.
            blobs += Array(repeating: 0, count: 15 - (blobs.count + 11) % 16)
            blobs += number(0) + number(header.count) + Array("BlbE".utf8)
            slots.append((index + 1, start, (4096 + blobs.count) / 16 - start))
        }
        slots.sort { $0.package < $1.package }
        edit(&slots)
        var file = Array("RpmP".utf8) + number(0) + number(9) + number(1) + number(headers.count + 1)
        file += Array(repeating: 0, count: 32 - file.count)
        for slot in slots {
            file += Array("Slot".utf8) + number(slot.package) + number(slot.start) + number(slot.length)
        }
        while file.count < 4096 { file += Array("Slot".utf8) + Array(repeating: 0, count: 12) }
        return file + blobs
    }

    private static func number(_ value: Int) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
