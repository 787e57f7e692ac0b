import Detection
import ImageReading
import Model

/// The files of one layer to which links lead, as its entries go by.
struct AliasSearch {
    /// A name of a file by a link.
    struct Name {
        let path: EntryPath
        let wanted: AliasPlan.Wanted
    }

    /// What was seen in a file by its own name.
    struct Seen {
        var sightings: Set<Sighting> = []
        var gaps: [(reason: GapReason, detail: String)] = []
    }

    private let wanted: [AliasPlan.Wanted]
    private let detectors: DetectorSet
    private let report: LayerReport
    /// Indices of what is wanted, by the name under which the layer has the bytes.
    private var byHolder: [PathTrail: [Int]] = [:]
    /// Of those that may lead to a folder, by where it would be.
    private var folders: [ArraySlice<UInt8>: [Int]] = [:]
    /// How long the paths of such folders are.
    private var folderLengths: Set<Int> = []
    /// No honest image has more.
    private static let mostFolders = 500
    /// How many names may yet be thought of, since a hostile layer has one file any number of times.
    private var patience = 1_000_000
    /// What a name below a folder counts, which has to be made first.
    private static let folderName = 4
    private var isFound: [Bool]
    /// By the name of the file, so that it is not looked for among all for each.
    private var seen: [EntryPath: Seen] = [:]

    init(_ wanted: [AliasPlan.Wanted], in report: LayerReport, detectors: DetectorSet) {
        self.wanted = wanted
        self.detectors = detectors
        self.report = report
        isFound = Array(repeating: false, count: wanted.count)
        let changes = report.changes
        var count = 0
        for (index, one) in wanted.enumerated() {
            let target = changes.trail(of: one.alias.target)
            let original = changes.original(of: target)
            byHolder[target, default: []].append(index)
            if original != target { byHolder[original, default: []].append(index) }
            // What the layer has no file at may lead to a folder, and then nobody knows what is to be found in it.
            isFound[index] = !changes.writesFile(target)
            guard one.alias.isSymbolic || one.alias.isWrittenThrough, isFound[index] else { continue }
            isFound[index] = count < Self.mostFolders
            guard isFound[index] else { continue }
            count += 1
            folders[one.alias.target.bytes[...], default: []].append(index)
            folderLengths.insert(one.alias.target.bytes.count)
        }
        for one in report.sightings { seen[one.path, default: Seen()].sightings.insert(one.sighting) }
        for gap in report.gaps {
            if let path = gap.path { seen[path, default: Seen()].gaps.append((gap.reason, gap.detail)) }
        }
    }

    /// The names by which links lead to `entry` and that mean something; of hard links in one layer that mean the same, one.
    mutating func names(of entry: FileEntry) -> [Name] {
        let isFile = entry.kind == .file
        guard isFile || entry.kind == .special else { return [] }
        let direct = byHolder[report.changes.trail(of: entry.path)] ?? []
        patience -= direct.count
        let above = isFile ? foldersAbove(entry.path.bytes) : []
        patience -= Self.folderName * above.count
        for index in direct { isFound[index] = patience > 0 }
        guard isFile, patience > 0 else {
            for index in above { isFound[index] = patience > 0 }
            return []
        }
        var names = direct.map { Name(path: wanted[$0].alias.path, wanted: wanted[$0]) }
        for index in above {
            guard let path = wanted[index].alias.name(of: entry.path) else { continue }
            names.append(Name(path: path, wanted: wanted[index]))
        }
        guard !names.isEmpty else { return [] }
        var known: [Int: [Set<DetectorSet.Purpose>]] = [:]
        return names.filter { name in
            let isSymbolic = name.wanted.alias.isSymbolic
            let purposes = detectors.purposes(of: name.path, beyond: entry.path, isSymbolic: isSymbolic)
            guard !purposes.isEmpty else { return false }
            guard !isSymbolic else { return true }
            guard known[name.wanted.home]?.contains(purposes) != true else { return false }
            known[name.wanted.home, default: []].append(purposes)
            return true
        }
    }

    /// Those that lead to a folder in which `path` lies.
    private func foldersAbove(_ path: [UInt8]) -> [Int] {
        var found: [Int] = []
        for length in folderLengths where length < path.count {
            guard length == 0 || path[length] == UInt8(ascii: "/") else { continue }
            found += folders[path[..<length]] ?? []
        }
        return found.sorted()
    }

    /// What was seen at `path` when the layer was read first.
    func seen(at path: EntryPath) -> Seen { seen[path.told] ?? Seen() }

    /// What is wanted and was not there.
    var missing: [AliasPlan.Wanted] { zip(wanted, isFound).filter { !$0.1 }.map(\.0) }
}
