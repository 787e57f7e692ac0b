import Archives
import Detection
import Model

/// A database that programs write with a log beside it, kept until the log comes: layers have files in the order of
/// their names, so little comes between the two.
final class HeldDatabase {
    let bytes: PackedBytes
    private let path: EntryPath
    private let memory: DecoderMemory
    /// What is in the database without the log, wherever in it.
    private let seen: Set<Sighting>

    /// Whether a database says of itself that it is written with a log.
    static func mayHaveLog(_ bytes: PackedBytes) -> Bool {
        var versions: [UInt8] = [0, 0]
        var room = versions.mutableSpan
        return bytes.read(at: 18, into: &room) && versions.contains(2)
    }

    /// Keeps `bytes`, for which `memory` was taken, which is given back in the end.
    init(_ bytes: PackedBytes, of entry: FileEntry, holding memory: DecoderMemory, seen: [Sighting]) {
        self.bytes = bytes
        self.memory = memory
        path = entry.path
        self.seen = Set(seen.map(Self.placeless))
    }

    deinit { memory.giveBack(bytes.weight) }

    func isLog(_ path: EntryPath) -> Bool { path.bytes.elementsEqual(self.path.bytes + Array("-wal".utf8)) }

    /// Whether the file at `path` is the log, or may stand between the database and that.
    func isBeside(_ path: EntryPath) -> Bool {
        path.bytes.count > self.path.bytes.count && path.bytes[self.path.bytes.count] == UInt8(ascii: "-")
            && path.bytes.starts(with: self.path.bytes)
    }

    /// What of `sightings` is not in the database without the log.
    func unseen(_ sightings: [Sighting]) -> [Sighting] {
        sightings.filter { !seen.contains(Self.placeless($0)) }
    }

    private static func placeless(_ sighting: Sighting) -> Sighting {
        var sighting = sighting
        sighting.place.within = []
        return sighting
    }
}
