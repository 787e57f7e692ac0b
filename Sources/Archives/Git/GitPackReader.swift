/// The objects of a Git pack in order, the content of the current one readable as a stream.
///
/// A pack is read as it comes: what an object is stored as a change to may lie behind it, or nowhere in the pack.
package final class GitPackReader: ByteSource {
    /// What stands before an object's content.
    package struct Header: Sendable {
        package enum Form: Sendable {
            case whole(GitObjectKind)
            /// A change to the object that begins at this place in the pack.
            case changeAt(Int)
            /// A change to the object of this name.
            case changeOf([UInt8])
        }

        package let form: Form
        /// Where in the pack the object begins.
        package let place: Int
        /// How many bytes its content has, or those of the change.
        package let size: Int
    }

    /// `PACK`.
    static let mark: UInt64 = 0x5041_434b
    private static let nameLength = 20

    private let streams: ZlibStreams
    private var left: Int
    private var expected = 0

    private init(_ streams: ZlibStreams, count: Int) {
        self.streams = streams
        left = count
    }

    /// Whether a file that begins like this is a pack of a version that we read.
    package static func isPack(_ beginning: Span<UInt8>) -> Bool {
        guard beginning.count >= 12, FirstBytes(beginning).begin(with: mark, length: 4) else { return false }
        return beginning[4] == 0 && beginning[5] == 0 && beginning[6] == 0 && (2...3).contains(beginning[7])
    }

    /// Reads the pack's header from a source that stands at its first byte.
    package static func open(_ source: any ByteSource) throws(ArchiveError) -> GitPackReader {
        let streams = ZlibStreams(source)
        var header: [UInt8] = []
        for _ in 0..<12 { header.append(try streams.nextByte()) }
        guard isPack(header.span) else { throw ArchiveError(.malformed, "no Git pack") }
        let count = header[8...].reduce(0) { $0 << 8 | Int($1) }
        return GitPackReader(streams, count: count)
    }

    /// The next object, or nil behind the last; the content of the one before must have been read to its end.
    package func next() throws(ArchiveError) -> Header? {
        guard left > 0 else { return nil }
        left -= 1
        let place = streams.position
        var byte = try streams.nextByte()
        let type = byte >> 4 & 7
        var size = Int(byte & 0x0f)
        var shift = 4
        while byte & 0x80 != 0 {
            byte = try streams.nextByte()
            guard shift < 56 else { throw Self.malformed }
            size |= Int(byte & 0x7f) << shift
            shift += 7
        }
        let form = try form(type, at: place)
        try streams.begin()
        expected = size
        return Header(form: form, place: place, size: size)
    }

    /// Reads content of the current object.
    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = try streams.read(into: &buffer)
        let isRight =
            count > 0 || buffer.isEmpty ? streams.produced <= expected : streams.produced == expected
        guard isRight else { throw ArchiveError(.malformed, "Git object has another size than it says") }
        return count
    }

    private func form(_ type: UInt8, at place: Int) throws(ArchiveError) -> Header.Form {
        switch type {
        case 1: return .whole(.commit)
        case 2: return .whole(.tree)
        case 3: return .whole(.blob)
        case 4: return .whole(.tag)
        case 6:
            var byte = try streams.nextByte()
            var distance = Int(byte & 0x7f)
            while byte & 0x80 != 0 {
                byte = try streams.nextByte()
                guard distance < 1 << 48 else { throw Self.malformed }
                distance = (distance + 1) << 7 | Int(byte & 0x7f)
            }
            return .changeAt(place - distance)
        case 7:
            var name: [UInt8] = []
            for _ in 0..<Self.nameLength { name.append(try streams.nextByte()) }
            return .changeOf(name)
        default: throw Self.malformed
        }
    }

    private static var malformed: ArchiveError { ArchiveError(.malformed, "Git pack has a broken object") }
}
