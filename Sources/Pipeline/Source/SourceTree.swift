import Archives
import Detection
import FoundationEssentials
import Model

/// A source tree and the secrets in it, known by their fingerprints.
///
/// Its files are looked at by the same detectors, under the same key, as those of an image, and opened as far; so is
/// what git stores of earlier versions, also where the tree is a part of a repository or a work tree linked to one. Links
/// are not followed, so nothing else outside the tree is read.
struct SourceTree: Sendable {
    /// As it was given.
    let name: String
    private(set) var places: [Fingerprint: [SourcePlace]] = [:]
    private(set) var files = 0
    private(set) var bytes = 0
    /// How many places are left out, of secrets that stand in more than are kept.
    private(set) var unlisted = 0
    /// What could not be looked at, sorted.
    private(set) var shortfalls: [String] = []

    /// More than these nobody reads.
    private static let shortfallLimit = 100
    /// Places of one secret, which are told with each of its findings.
    private static let placeLimit = 100

    /// Reads the tree below `folder`; throws where that is none, or cannot be read itself.
    static func read(_ folder: String, detectors: DetectorSet) throws(AuditError) -> SourceTree {
        var tree = SourceTree(name: folder)
        let git = GitState(top: folder)
        if let shortfall = git.shortfall { tree.shortfalls.append(shortfall) }
        let inspection = FileInspection(detectors: detectors, memory: DecoderMemory(takesTurns: true))
        try tree.walk(folder, git, inspection, outside: nil)
        for history in git.historyOutside { try tree.walk(history, git, inspection, outside: history + "/") }
        tree.places = tree.places.mapValues { Array(Set($0)).sorted() }
        tree.shortfalls.sort()
        return tree
    }

    private init(name: String) { self.name = name }

    /// Looks at all files below `folder`, which are named from there, or with all of `outside` before.
    private mutating func walk(
        _ folder: String, _ git: GitState, _ inspection: FileInspection, outside: String?
    ) throws(AuditError) {
        do {
            var waiting = [""]
            while let below = waiting.popLast() {
                let names: [String]
                do {
                    names = try FileManager.default.contentsOfDirectory(atPath: folder + "/" + below)
                } catch {
                    guard !below.isEmpty else { throw error }
                    note("\(outside ?? "")\(below): \(FileFailure.words(error))")
                    continue
                }
                for name in names.sorted() {
                    let path = below.isEmpty ? name : below + "/" + name
                    switch Self.kind(of: folder + "/" + path) {
                    case .folder: waiting.append(path)
                    case .file(let size):
                        let state = outside == nil ? git.state(of: Array(path.utf8)) : .history
                        look(
                            at: (outside ?? "") + path, file: folder + "/" + path, size: size, state,
                            inspection)
                    case .other: continue
                    case .unknown: note("\(outside ?? "")\(path): it cannot be looked at")
                    }
                }
            }
        } catch {
            throw AuditError(code: .unreadableSource, place: folder, reason: FileFailure.words(error))
        }
    }

    private enum Kind { case folder, file(Int), other, unknown }

    /// Of the thing itself, where it is a link.
    private static func kind(of path: String) -> Kind {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let type = attributes[.type] as? FileAttributeType
        else { return .unknown }
        switch type {
        case .typeDirectory: return .folder
        case .typeRegular: return .file(Self.size(attributes[.size]))
        default: return .other
        }
    }

    private static func size(_ value: Any?) -> Int {
        (value as? Int) ?? (value as? UInt64).flatMap { Int(exactly: $0) } ?? 0
    }

    private mutating func look(
        at path: String, file: String, size: Int, _ state: SourcePlace.State, _ inspection: FileInspection
    ) {
        let entry = FileEntry(
            path: EntryPath(path), kind: .file, size: size, mode: 0o644, owner: 0, group: 0)
        do {
            let result = try inspection.inspect(entry, content: try FileByteSource.open(file))
            files += 1
            bytes += size
            for case .finding(let finding) in result.sightings {
                guard let fingerprint = finding.fingerprint else { continue }
                let place = SourcePlace(
                    path: path, within: finding.place.within, line: finding.place.line, state: state)
                if places[fingerprint, default: []].count < Self.placeLimit {
                    places[fingerprint, default: []].append(place)
                } else {
                    unlisted += 1
                }
            }
            for gap in result.gaps where gap.reason.blocksPass { note("\(path): \(gap.detail)") }
        } catch {
            note("\(path): \(error)")
        }
    }

    private mutating func note(_ shortfall: String) {
        if shortfalls.count < Self.shortfallLimit { shortfalls.append(shortfall) }
    }
}
