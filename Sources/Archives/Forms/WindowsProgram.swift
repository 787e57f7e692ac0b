/// Where what belongs to a program of Windows or DOS itself ends.
enum WindowsProgram {
    /// What an old program begins with, and the shortest there is.
    private static let shortest = 64
    private static let sectionSize = 40
    /// The place of the certificates among the directories of the optional header, of which each has eight bytes.
    private static let certificates = 4
    /// How far behind the last section certificates may begin that nothing stands before.
    private static let padding = 512

    /// From where on archives may stand in such a program of `size` bytes: nil where it does not say.
    ///
    /// In a signed one that is before the certificates, if anything stands there.
    static func end(in beginning: Span<UInt8>, size: Int) -> Int? {
        func number(_ offset: Int, _ length: Int) -> Int? {
            guard offset >= 0, offset <= beginning.count - length else { return nil }
            return (0..<length).reversed().reduce(0) { $0 << 8 | Int(beginning[offset + $1]) }
        }
        guard beginning.count >= shortest, let header = number(60, 4) else { return nil }
        switch number(header, 4) {
        case 0x4550: break
        case nil where header < size: return nil
        case let mark? where [0x454e, 0x454c, 0x584c].contains(mark & 0xffff): return nil
        default: return oldEnd(pages: number(4, 2) ?? 0, rest: number(2, 2) ?? 0, size: size)
        }
        guard let count = number(header + 6, 2), let optional = number(header + 20, 2) else { return nil }
        let sections = header + 24 + optional
        var end = min(sections + count * sectionSize, size)
        for index in 0..<count {
            let section = sections + index * sectionSize
            guard let length = number(section + 16, 4), let start = number(section + 20, 4) else {
                return nil
            }
            if start > 0 { end = max(end, min(start + length, size)) }
        }
        let directories = header + 24 + (number(header + 24, 2) == 0x20b ? 112 : 96)
        if let count = number(directories - 4, 4), count > certificates,
            let start = number(directories + 8 * certificates, 4),
            let length = number(directories + 8 * certificates + 4, 4),
            start >= end, start - end < padding, start + length <= size
        {
            end = start + length
        }
        return end
    }

    /// Of a program of DOS, which counts pages of 512 bytes and those of the last.
    private static func oldEnd(pages: Int, rest: Int, size: Int) -> Int {
        let end = pages * 512 - (rest > 0 && pages > 0 ? 512 - min(rest, 512) : 0)
        return min(max(end, shortest), size)
    }
}
