import Archives
import Detection
import Model

/// The objects of Git repositories that are files of their own in one layer: put together at its end, so that content is
/// looked at as the files that it was.
///
/// Memory is bounded: what is larger, or beyond, is looked at without its path, which is told where somebody looks for it.
struct LooseObjects {
    /// An object that is a file of its own.
    struct Object: Sendable {
        let kind: GitObjectKind
        let content: [UInt8]
    }

    /// What is known of an object that was looked at.
    enum Found: Sendable {
        case object(Object)
        /// One that is not kept.
        case large(GitObjectKind)

        /// About how many bytes of memory it takes.
        var weight: Int { if case .object(let object) = self { object.content.count } else { 0 } }
    }

    /// Some content and the paths that it had.
    struct Content {
        let file: EntryPath
        let bytes: [UInt8]
        let paths: [EntryPath]
    }

    /// What one repository has.
    private struct Repository {
        var paths = GitPaths()
        var contents: [(file: EntryPath, key: UInt64, bytes: [UInt8])] = []
        /// What there is no room for.
        var others: Set<UInt64> = []
    }

    /// Objects that are larger are not kept.
    static let largest = 256 << 10
    private static let room = 4 << 20
    private static let mostOthers = 50_000
    private static let mostRepositories = 100

    private let detectors: DetectorSet
    private var repositories: [[UInt8]: Repository] = [:]
    private var kept = 0
    /// Whether anything was not even counted.
    private var isShort = false

    init(detectors: DetectorSet) { self.detectors = detectors }

    /// Whether nothing is known of any repository.
    var isEmpty: Bool { repositories.isEmpty }

    /// Takes down the object in the file at `path`.
    mutating func add(_ found: Found, at path: EntryPath) {
        guard let (folder, name) = Self.parts(of: path) else { return }
        guard repositories[folder] != nil || repositories.count < Self.mostRepositories else {
            return isShort = true
        }
        var repository = repositories.removeValue(forKey: folder) ?? Repository()
        defer { repositories[folder] = repository }
        let key = GitPaths.key(name)
        guard case .object(let object) = found else {
            if case .large(.tree) = found { isShort = true }
            return leaveOut(key, of: &repository)
        }
        guard object.kind == .blob else {
            let detectors = detectors
            return repository.paths.add(GitTree(object.content), named: name) {
                Self.isWanted($0, detectors)
            }
        }
        guard kept + object.content.count + 200 <= Self.room else { return leaveOut(key, of: &repository) }
        kept += object.content.count + 200
        repository.contents.append((path, key, object.content))
    }

    private mutating func leaveOut(_ key: UInt64, of repository: inout Repository) {
        if repository.others.count < Self.mostOthers { repository.others.insert(key) } else { isShort = true }
    }

    /// The contents that have a path by which somebody looks for files, in order; and the repositories of which some are
    /// not at hand.
    func named() -> (contents: [Content], short: [EntryPath]) {
        var contents: [Content] = []
        var short: [EntryPath] = []
        for (folder, repository) in repositories.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            for (file, key, bytes) in repository.contents {
                let paths = repository.paths.paths(of: key).filter { Self.isWanted($0, detectors) }
                if !paths.isEmpty {
                    contents.append(Content(file: file, bytes: bytes, paths: paths.map { EntryPath($0) }))
                }
            }
            let isMissed = repository.others.contains { key in
                repository.paths.paths(of: key).contains { Self.isWanted($0, detectors) }
            }
            if isShort || isMissed || repository.paths.isShort { short.append(EntryPath(folder)) }
        }
        return (contents, short)
    }

    private static func isWanted(_ path: [UInt8], _ detectors: DetectorSet) -> Bool {
        !detectors.purposes(of: EntryPath(path), beyond: EntryPath(""), isSymbolic: false).isEmpty
    }

    /// The folder with all objects, and the name of the one at `path`, which stands there cut in two.
    private static func parts(of path: EntryPath) -> (folder: [UInt8], name: [UInt8])? {
        guard LooseObjectHeader.isPlace(path.description) else { return nil }
        let components = path.components
        let folder = Array(components.dropLast(2).joined(separator: [UInt8(ascii: "/")]))
        let digits = components.suffix(2).joined().compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        let name = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        return (folder, name)
    }
}
