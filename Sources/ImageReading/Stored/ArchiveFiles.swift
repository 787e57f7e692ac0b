internal import Archives
internal import Model
internal import Synchronization

/// The files in a tar file, read where they are: nothing is unpacked.
///
/// The tar file is walked once for its names. In a plain one, a file is then read from its place, by any number of
/// readers. A compressed one, or one that somebody sends, can only be read from its start: whoever is done with a file
/// leaves the stream where it is for the next one (``ArchiveWalk``), who goes on from there where the file lies ahead,
/// and begins again where not. So any order gives the same bytes, and the order of ``ordinal(of:)`` takes one pass.
final class ArchiveFiles: ImageFiles {
    /// Opens the stream from its start.
    typealias Opener = @Sendable () throws(ArchiveError) -> any ByteSource

    /// How often a stream is begun: enough for layers in any order, and an end for archives made to be slow.
    private static let passLimit = 256

    private let index: ArchiveIndex
    /// The tar file where one can jump in it.
    private let file: String?
    private let stream: Opener
    /// A walk that nobody is on.
    private let idle = Mutex<ArchiveWalk?>(nil)
    private let passes = Mutex(0)

    var place: String { index.place }

    private init(index: ArchiveIndex, file: String?, stream: @escaping Opener) {
        self.index = index
        self.file = file
        self.stream = stream
    }

    /// The tar file at `path`, compressed or not.
    static func open(_ path: String) throws(ImageError) -> ArchiveFiles {
        let stream: Opener = { () throws(ArchiveError) in
            try UncompressedFile(path)
        }
        do throws(ArchiveError) {
            let file = try FileByteSource.open(path)
            guard try Compression.sniff(beginningOf: file) == .none else {
                return try streamed(at: path, stream)
            }
            file.seek(to: 0)
            var index = try ArchiveIndex.read(file, canJump: true, at: path)
            try settleNamesakes(in: &index, stream)
            return ArchiveFiles(index: index, file: path, stream: stream)
        } catch {
            throw ImageError(error, at: path)
        }
    }

    /// The tar file that `stream` gives from its start, as often as it is asked.
    static func streamed(at place: String, _ stream: @escaping Opener) throws(ArchiveError) -> ArchiveFiles {
        var index = try ArchiveIndex.read(try stream(), canJump: false, at: place)
        try settleNamesakes(in: &index, stream)
        return ArchiveFiles(index: index, file: nil, stream: stream)
    }

    /// Finds out which members of one name have one content, by a pass of its own: next to no archive has any.
    private static func settleNamesakes(in index: inout ArchiveIndex, _ stream: Opener) throws(ArchiveError) {
        let namesakes = index.namesakes
        guard !namesakes.isEmpty else { return }
        let files = namesakes.filter { $0.value.allSatisfy { $0.target == nil } }
        var digests: [EntryPath: Set<[UInt8]>] = [:]
        let walk = try ArchiveWalk(try stream())
        for member in files.values.joined().sorted(by: { $0.ordinal < $1.ordinal }) {
            try walk.advance(to: member)
            let digest = RunningDigest()
            _ = try DigestingSource(walk, into: digest).drain()
            digests[member.path, default: []].insert(digest.finish())
        }
        for (path, contents) in digests where contents.count == 1 { index.settle(path) }
    }

    /// Whether there is such a file; one that is there twice is refused when it is asked for.
    func contains(_ name: String) -> Bool {
        do throws(ImageError) {
            _ = try index.member(name)
            return true
        } catch {
            return error.code == .ambiguous
        }
    }

    func size(of name: String) throws(ImageError) -> Int { try index.member(name).size }

    func compression(of name: String) throws(ImageError) -> Compression { try index.member(name).compression }

    func ordinal(of name: String) -> Int? { file == nil ? (try? index.member(name))?.ordinal : nil }

    func open(_ name: String) throws(ImageError) -> any ByteSource {
        let member = try index.member(name)
        do throws(ArchiveError) {
            return try open(member)
        } catch {
            throw ImageError(error, at: "\(place): \(name)")
        }
    }

    /// Takes back a walk that somebody is done with.
    func leave(_ walk: ArchiveWalk) { idle.withLock { $0 = walk } }

    private func open(_ member: ArchiveIndex.Member) throws(ArchiveError) -> any ByteSource {
        if let document = index.document(member) { return MemoryByteSource(document) }
        if let file, let part = member.part { return try FileByteSource.open(file, part: part) }
        let walk = try walk(to: member)
        try walk.advance(to: member)
        return ArchiveMember(walk, of: self)
    }

    /// The walk that somebody left before `member`, else a new one; one that is past it is of no more use.
    private func walk(to member: ArchiveIndex.Member) throws(ArchiveError) -> ArchiveWalk {
        let left = idle.withLock { idle in
            defer { idle = nil }
            return idle
        }
        if let left, left.canReach(member) { return left }
        let count = passes.withLock { passes in
            passes += 1
            return passes
        }
        guard count <= Self.passLimit else {
            throw ArchiveError(.tooLarge, "tar file would have to be read more than \(Self.passLimit) times")
        }
        return try ArchiveWalk(try stream())
    }
}

/// The content of one file of a stream that is walked through; leaves the walk to the next one at the end.
private final class ArchiveMember: ByteSource {
    private let walk: ArchiveWalk
    private let files: ArchiveFiles

    init(_ walk: ArchiveWalk, of files: ArchiveFiles) {
        self.walk = walk
        self.files = files
    }

    deinit { files.leave(walk) }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        try walk.read(into: &buffer)
    }
}
