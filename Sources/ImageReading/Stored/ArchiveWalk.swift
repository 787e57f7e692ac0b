internal import Archives
internal import Model
internal import Synchronization

/// One pass through a tar stream, which goes on from member to member and never back.
final class ArchiveWalk: ByteSource, Sendable {
    private struct State {
        let reader: ArchiveReader
        var ordinal = -1
        var hasFailed = false
    }

    private let state: Mutex<State>

    init(_ source: sending any ByteSource) throws(ArchiveError) {
        state = Mutex(State(reader: try ArchiveReader.open(source, as: .tar)))
    }

    /// Whether `member` still lies ahead.
    func canReach(_ member: ArchiveIndex.Member) -> Bool {
        state.withLock { $0.ordinal < member.ordinal && !$0.hasFailed }
    }

    /// Goes on to `member`, past everything before it.
    func advance(to member: ArchiveIndex.Member) throws(ArchiveError) {
        try noting { state throws(ArchiveError) in
            while state.ordinal < member.ordinal {
                guard let entry = try state.reader.next() else {
                    throw ArchiveError(.truncated, "tar file became shorter while it was read")
                }
                state.ordinal += 1
                guard state.ordinal == member.ordinal else { continue }
                // Another pass may be another answer of a server.
                guard EntryPath(entry.path) == member.path, entry.size == member.size else {
                    throw ArchiveError(.unreadable, "tar file changed while it was read")
                }
            }
        }
    }

    /// Reads on in the content of the member that was reached last.
    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        var count = 0
        try noting { state throws(ArchiveError) in count = try state.reader.read(into: &buffer) }
        return count
    }

    /// Does something, and remembers that it failed.
    private func noting(_ body: (inout State) throws(ArchiveError) -> Void) throws(ArchiveError) {
        try state.withLock { state throws(ArchiveError) in
            do throws(ArchiveError) {
                try body(&state)
            } catch {
                state.hasFailed = true
                throw error
            }
        }
    }
}
