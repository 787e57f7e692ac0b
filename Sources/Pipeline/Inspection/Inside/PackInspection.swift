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
    private let detectors: DetectorSet
    /// By which digests the trees so far name objects.
    private var forms: Set<GitTree.Form> = [.sha1]
    /// What was looked at before a tree named it, by both digests.
    private var unnamed: Set<UInt64> = []
    private static let unnamedLimit = 100_000
    /// What was told of: each version of a file has again what the version before had.
    private var told: Set<Sighting> = []

    /// Content that no tree has named yet, to be looked at when one has, or when it becomes too much.
    private var waiting: [(place: Int, object: GitObject)] = []
    private var waitingBytes = 0

    /// With room for so many bytes of objects, a part of which wait.
    init(capacity: Int, detectors: DetectorSet) {
        cache = GitObjectCache(capacity: max(0, capacity - FileInspection.largestPart))
        self.detectors = detectors
    }

    /// Lets the object wait if its path may still become known; false where it has one, or no use for it.
    mutating func putOff(_ resolved: Resolved, at place: Int) -> Bool {
        guard case .object(let object) = resolved, object.kind == .blob, paths(of: object).isEmpty else {
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
        for (_, object) in waiting where !isEnd && paths(of: object).isEmpty {
            guard unnamed.count < Self.unnamedLimit else { break }
            for form in GitTree.Form.allCases {
                if let name = object.name(in: form) { unnamed.insert(GitPaths.key(name)) }
            }
        }
        return waiting
    }

    /// Whether some content was not looked at as a file that somebody looks for by its name: it came long before what names
    /// it, or there are more names than are kept.
    var missesPaths: Bool {
        paths.isShort || unnamed.contains { key in paths.paths(of: key).contains(where: isWanted) }
    }

    /// The names of an object in which there are files for which other rules are than for its first.
    func others(of object: GitObject) -> [[UInt8]] {
        let all = paths(of: object)
        guard let first = all.first else { return [] }
        let known = EntryPath(first)
        return all.dropFirst().filter {
            !detectors.purposes(of: EntryPath($0), beyond: known, isSymbolic: false).isEmpty
        }
    }

    private func paths(of object: GitObject) -> [[UInt8]] {
        for form in GitTree.Form.allCases where forms.contains(form) {
            guard let found = object.name(in: form).map(paths.paths(of:)), !found.isEmpty else { continue }
            return found
        }
        return []
    }

    private func isWanted(_ path: [UInt8]) -> Bool {
        !detectors.purposes(of: EntryPath(path), beyond: EntryPath(""), isSymbolic: false).isEmpty
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
        if object.kind == .tree { add(GitTree(object.content), object) }
        return .object(object)
    }

    private mutating func add(_ tree: GitTree, _ object: GitObject) {
        guard let name = object.name(in: tree.form) else { return }
        forms.insert(tree.form)
        let detectors = detectors
        paths.add(tree, named: name) { path in
            !detectors.purposes(of: EntryPath(path), beyond: EntryPath(""), isSymbolic: false).isEmpty
        }
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

    /// As in `within`; by the first of its paths where none is given.
    func title(of resolved: Resolved, at place: Int, path: [UInt8]? = nil) -> String {
        guard case .object(let object) = resolved else { return "change at byte \(place)" }
        let path = (path ?? paths(of: object).first).map {
            String(EntryPath($0).told.description.dropFirst())
        }
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
