import Archives
import Detection
import Model

/// Shows the detectors what entries hold beside their content.
///
/// The header blocks of a tar entry are searched as they are stored, which covers all that stands in them as it is: name,
/// link target, owner, PAX records of known and unknown keys. What libarchive makes of them and does not stand there
/// so (a name in two fields, an attribute in base64) is searched by itself, and so is all of it once something was
/// found, to tell where it is. For an ordinary entry that is one search of 512 bytes.
struct EntryTextInspection {
    /// Something seen in an entry's text.
    struct Seen {
        /// The entry it is told of; for a folder's name that other entries' paths repeat, the folder.
        let path: EntryPath
        /// What it stands in, as the last step of `within`.
        let part: String
        let sighting: Sighting
        /// Whether it is in the name, which lasts as long as the path does.
        var isName: Bool { part == EntryTextInspection.name }
    }

    /// What one entry's text held.
    struct Result {
        var seen: [Seen] = []
        var shortfall: String?
    }

    static let name = "file name"
    /// What no entry is known to own: told of the entry before it.
    static let padding = "tar padding"
    /// What stands beside the tar stream: told of the last entry.
    static let notes = "header of the compressed layer"

    /// Where names with something in them were told of, so that a folder's name is not told again for all that is in it.
    private var told: Set<Int> = []
    private var headerText = TarHeaderText()

    /// Forgets which names were told of.
    mutating func forget() { told.removeAll() }

    /// Looks at the text of one entry; `header` are the blocks that it comes from, none where the format is not tar.
    mutating func inspect(
        _ entry: EntryText, header: Span<UInt8>, inside scope: [String], scanner: ImageScanner
    ) -> Result {
        var result = Result()
        headerText.load(header)
        let stored = headerText.bytes.isEmpty ? [] : scanner.inspect(text: headerText.bytes.span)
        result.shortfall = header.isEmpty ? nil : scanner.shortfall
        func isSearched(_ text: [UInt8]) -> Bool {
            !text.isEmpty && (!stored.isEmpty || !ByteSearch.contains(headerText.bytes.span, text))
        }
        var subjects: Set<String> = []
        func add(_ part: String, _ sightings: [Sighting]) {
            for sighting in sightings {
                subjects.insert(sighting.subject)
                result.seen.append(Seen(path: entry.path, part: part, sighting: sighting))
            }
            result.shortfall = result.shortfall ?? scanner.shortfall
        }
        if isSearched(entry.path.bytes) {
            let sightings = scanner.inspect(text: entry.path.bytes.span)
            subjects.formUnion(sightings.map(\.subject))
            result.seen += sightings.compactMap { named($0, in: entry.path, inside: scope) }
            result.shortfall = result.shortfall ?? scanner.shortfall
        }
        if let target = entry.linkTarget, isSearched(target) {
            let sightings = scanner.inspect(text: target.span)
            // The name of a file of the same layer, which was told of where that is.
            let known = entry.isHardLink ? sightings.filter { isTold($0, in: target, inside: scope) } : []
            subjects.formUnion(known.map(\.subject))
            add("link target", sightings.filter { sighting in !known.contains { $0.isSame(as: sighting) } })
        }
        let records = entry.extendedAttributes.isEmpty && stored.isEmpty ? nil : TarRecords(header)
        let known = stored.isEmpty ? records?.attributes(in: header) ?? [] : []
        for (name, value) in entry.extendedAttributes.sorted(by: { $0.key < $1.key })
        where !known.contains(Array(name.utf8)) || !(value.isEmpty || known.contains(value)) {
            add("extended attribute \(name)", scanner.inspect(attribute: name, value: value))
        }
        for sighting in stored where subjects.insert(sighting.subject).inserted {
            let part = Self.words(
                headerText.part(at: sighting.place.offset ?? 0, of: header, records ?? TarRecords(header)))
            result.seen.append(Seen(path: entry.path, part: part, sighting: sighting))
        }
        return result
    }

    /// Looks at bytes between entries, which are zeros in an honest archive.
    static func inspect(
        padding: Span<UInt8>, behind path: EntryPath, as part: String = Self.padding, scanner: ImageScanner
    ) -> Result {
        guard !ByteSearch.isZero(padding) else { return Result() }
        let seen = scanner.inspect(text: padding).map { Seen(path: path, part: part, sighting: $0) }
        return Result(seen: seen, shortfall: scanner.shortfall)
    }

    /// The sighting at the entry whose name it is in; nil where it was told of before.
    private mutating func named(_ sighting: Sighting, in path: EntryPath, inside scope: [String]) -> Seen? {
        let holder = Self.holder(of: sighting, in: path.bytes)
        guard !told.contains(Self.key(sighting, holder, scope)) else { return nil }
        if told.count < LayerReport.sightingLimit { told.insert(Self.key(sighting, holder, scope)) }
        return Seen(path: holder, part: Self.name, sighting: sighting)
    }

    private func isTold(_ sighting: Sighting, in path: [UInt8], inside scope: [String]) -> Bool {
        told.contains(Self.key(sighting, Self.holder(of: sighting, in: path), scope))
    }

    /// The path down to the component in which the sighting ends.
    private static func holder(of sighting: Sighting, in path: [UInt8]) -> EntryPath {
        let end = min(path.count, (sighting.place.offset ?? 0) + (sighting.place.length ?? path.count))
        return EntryPath(path[..<(path[end...].firstIndex(of: UInt8(ascii: "/")) ?? path.count)])
    }

    /// Hashed, because a hostile layer's names are long.
    private static func key(_ sighting: Sighting, _ holder: EntryPath, _ scope: [String]) -> Int {
        var hasher = Hasher()
        hasher.combine(sighting.subject)
        hasher.combine(holder)
        hasher.combine(scope)
        return hasher.finalize()
    }

    /// A part of the header blocks in the words of `within`.
    private static func words(_ part: TarHeaderPart) -> String {
        switch part {
        case .fileName: return name
        case .linkTarget: return "link target"
        case .userName: return "user name"
        case .groupName: return "group name"
        case .other: return "tar header"
        case .record(let key):
            let key = ReversibleText.string(key)
            for prefix in ["SCHILY.xattr.", "LIBARCHIVE.xattr."] where key.hasPrefix(prefix) {
                return "extended attribute \(key.dropFirst(prefix.count))"
            }
            return "PAX record \(key)"
        }
    }
}
