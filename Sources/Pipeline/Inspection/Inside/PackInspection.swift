import Archives
import Detection
import Model

/// What is known of a pack while its objects are looked at one after another.
struct PackInspection {
    /// An object as far as it can be put together.
    enum Resolved {
        case object(GitObject)
        /// What is new in it.
        case news([UInt8])

        var bytes: [UInt8] {
            switch self {
            case .object(let object): object.content
            case .news(let bytes): bytes
            }
        }
    }

    /// Objects that could not be put together.
    var unresolved = 0
    private var cache: GitObjectCache
    private var paths = GitPaths()
    /// What was told of: each version of a file has again what the version before had.
    private var told: Set<Sighting> = []

    /// Content that no tree has named yet, to be looked at when one has, or when it becomes too much.
    private var waiting: [(place: Int, object: GitObject)] = []
    private var waitingBytes = 0

    /// With room for so many bytes of objects, a part of which wait.
    init(capacity: Int) { cache = GitObjectCache(capacity: max(0, capacity - FileInspection.largestPart)) }

    /// Lets the object wait if its path may still become known; false where it has one, or no use for it.
    mutating func putOff(_ resolved: Resolved, at place: Int) -> Bool {
        guard case .object(let object) = resolved, object.kind == .blob, paths.path(of: object) == nil else {
            return false
        }
        waiting.append((place, object))
        waitingBytes += object.content.count + 100
        return true
    }

    /// The objects that waited, if they are too many or `isEnd`.
    mutating func takeWaiting(isEnd: Bool = false) -> [(place: Int, object: GitObject)] {
        guard isEnd || waitingBytes > FileInspection.largestPart else { return [] }
        defer { (waiting, waitingBytes) = ([], 0) }
        return waiting
    }

    /// The object that `bytes` behind `header` are, or are a change to another to.
    mutating func object(_ header: GitPackReader.Header, _ bytes: [UInt8]) throws(ArchiveError) -> Resolved {
        let object: GitObject
        switch header.form {
        case .whole(let kind): object = GitObject(kind, bytes)
        case .changeAt(let place):
            guard let changed = try changed(cache.object(at: place), by: bytes) else {
                return try news(bytes)
            }
            object = changed
        case .changeOf(let name):
            guard let changed = try changed(cache.object(named: name), by: bytes) else {
                return try news(bytes)
            }
            object = changed
        }
        cache.insert(object, at: header.place)
        if object.kind == .tree { paths.add(object) }
        return .object(object)
    }

    private func changed(_ base: GitObject?, by bytes: [UInt8]) throws(ArchiveError) -> GitObject? {
        let change = try GitChange(bytes)
        guard let base, change.size <= FileInspection.largestPart else { return nil }
        return GitObject(base.kind, try change.applied(to: base.content))
    }

    private mutating func news(_ bytes: [UInt8]) throws(ArchiveError) -> Resolved {
        unresolved += 1
        return .news(try GitChange(bytes).inserted())
    }

    /// As in `within`.
    func title(of resolved: Resolved, at place: Int) -> String {
        guard case .object(let object) = resolved else { return "change at byte \(place)" }
        let path = paths.path(of: object).map { String(EntryPath($0).told.description.dropFirst()) }
        return object.title(at: place, path: path)
    }

    /// Adds what was found in an object, but for what an object before held as well.
    mutating func add(_ found: FileInspection.Result, depth: Int, to result: inout FileInspection.Result) {
        for sighting in found.sightings {
            guard !result.isFull else { break }
            if told.insert(Self.subject(of: sighting, depth: depth)).inserted { result.add([sighting]) }
        }
        result.note(found.gaps)
    }

    /// The sighting without where in which version of the file it stands.
    private static func subject(of sighting: Sighting, depth: Int) -> Sighting {
        var subject = sighting
        let title = sighting.place.within.dropFirst(depth).first ?? ""
        let path = title.firstIndex(of: "/").map { String(title[$0...]) } ?? ""
        subject.place.within = [path] + sighting.place.within.dropFirst(depth + 1)
        (subject.place.line, subject.place.column) = (nil, nil)
        (subject.place.offset, subject.place.length) = (nil, nil)
        return subject
    }
}
