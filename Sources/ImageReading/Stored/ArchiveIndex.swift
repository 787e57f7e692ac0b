internal import Archives
internal import Model

/// What one walk through a tar file finds: its names, where their contents lie, and small documents themselves.
struct ArchiveIndex {
    struct Member {
        let path: EntryPath
        /// Counts the entries from 0.
        let ordinal: Int
        let size: Int
        /// Where in the tar file the content lies; nil where it does not lie there in one piece.
        let part: Range<Int>?
        let compression: Compression
        /// The name that a link stands for.
        let target: EntryPath?
    }

    /// An image has some thousand files at most; what has more is none.
    private static let memberLimit = 100_000
    private static let nameLimit = 16 << 20
    private static let linkLimit = 8
    /// How much of small documents is kept in all: a manifest and a configuration are some kilobytes.
    private static let keepLimit = 16 << 20

    let place: String
    private var members: [EntryPath: Member] = [:]
    /// All that have one name, where several have it: engines take the first, or the last, or each another one.
    private(set) var namesakes: [EntryPath: [Member]] = [:]
    /// More of one name are not held against each other, and the name is refused.
    private static let mostNamesakes = 16
    private var kept: [Int: [UInt8]] = [:]
    private var room = Self.keepLimit

    /// Walks through the tar file at `place`, whose bytes are `source`.
    ///
    /// Content is passed over where one can jump. Where not it is read anyway, and what looks like a document is kept, so
    /// that nobody has to come back for it.
    static func read(_ source: any ByteSource, canJump: Bool, at place: String) throws(ArchiveError)
        -> ArchiveIndex
    {
        var index = ArchiveIndex(place: place)
        try index.walk(ArchiveReader.open(source, as: .tar, keepingHeaders: true), canJump: canJump)
        return index
    }

    private init(place: String) { self.place = place }

    /// The file of this name, behind the links that lead to it.
    func member(_ name: String) throws(ImageError) -> Member {
        var path = EntryPath(name)
        for _ in 0..<Self.linkLimit {
            guard let member = members[path] else {
                throw ImageError(.notFound, at: "\(place): \(name)", "file is missing in the tar file")
            }
            guard namesakes[path] == nil else {
                throw ImageError(
                    .ambiguous, at: "\(place): \(name)",
                    "tar file has several members of this name, whose contents differ",
                    underlying: "engines do not agree on which of them counts")
            }
            guard let target = member.target else { return member }
            path = target
        }
        throw ImageError(.refused, at: "\(place): \(name)", "links lead to one another")
    }

    /// Takes down that all members named `path` have one content, so that it does not matter which counts.
    mutating func settle(_ path: EntryPath) {
        if namesakes[path]?.count ?? 0 < Self.mostNamesakes { namesakes[path] = nil }
    }

    /// The content of a small document that the walk met.
    func document(_ member: Member) -> [UInt8]? { kept[member.ordinal] }

    private mutating func walk(_ reader: ArchiveReader, canJump: Bool) throws(ArchiveError) {
        var ordinal = 0
        var nameBytes = 0
        var engines = EngineView()
        while let entry = try reader.next() {
            try Self.refuseOtherwiseRead(entry, in: reader, &engines)
            nameBytes += entry.path.count + entry.kind.targetLength
            guard ordinal < Self.memberLimit, nameBytes < Self.nameLimit else {
                throw ArchiveError(.tooLarge, "tar file has too many entries")
            }
            let path = EntryPath(entry.path)
            func link(to target: EntryPath) -> Member {
                Member(path: path, ordinal: ordinal, size: 0, part: nil, compression: .none, target: target)
            }
            switch entry.kind {
            case .file:
                let part =
                    canJump && !entry.isSparse ? Self.part(from: reader.position, size: entry.size) : nil
                let prefix = try reader.readPrefix(8)
                add(
                    Member(
                        path: path, ordinal: ordinal, size: entry.size ?? 0, part: part,
                        compression: Compression.sniff(prefix.span), target: nil))
                if !canJump {
                    try keepDocument(prefix, of: entry, ordinal, reader)
                    try reader.skipContent()
                }
            case .hardLink(let target):
                add(link(to: EntryPath(target)))
            case .symbolicLink(let target):
                add(link(to: path.parent.following(target)))
            case .folder, .special:
                break
            }
            ordinal += 1
        }
        if let objection = engines.objection(toEndAt: reader.headerPosition) { throw Self.refused(objection) }
    }

    /// Engines read the same stream with another reader: what that takes for something else may be another image.
    private static func refuseOtherwiseRead(
        _ entry: ArchiveEntry, in reader: ArchiveReader, _ engines: inout EngineView
    ) throws(ArchiveError) {
        var objection: String?
        let place = reader.headerPosition
        reader.showHeader { _, header, missing in
            objection = engines.objection(to: entry, header, missing: missing, at: place)
            if missing > 0 { objection = "more header bytes than are looked at" }
        }
        if let objection { throw refused(objection) }
    }

    private static func refused(_ objection: String) -> ArchiveError {
        ArchiveError(.malformed, "tar file has \(objection)")
    }

    /// Takes a member down; of several that have one name the first is kept, and all are remembered.
    private mutating func add(_ member: Member) {
        guard let first = members[member.path] else { return members[member.path] = member }
        if let target = first.target, target == member.target { return }
        guard namesakes[member.path]?.count ?? 0 < Self.mostNamesakes else { return }
        namesakes[member.path, default: [first]].append(member)
    }

    private static func part(from start: Int, size: Int?) -> Range<Int>? {
        let (end, isTooLarge) = start.addingReportingOverflow(size ?? 0)
        return isTooLarge ? nil : start..<end
    }

    /// Keeps content that begins like a document and is no larger than one.
    private mutating func keepDocument(
        _ prefix: [UInt8], of entry: ArchiveEntry, _ ordinal: Int, _ reader: ArchiveReader
    ) throws(ArchiveError) {
        let isDocument = prefix.first == UInt8(ascii: "{") || prefix.first == UInt8(ascii: "[")
        guard isDocument, let size = entry.size, size <= min(DocumentReader.sizeLimit, room) else { return }
        kept[ordinal] = prefix + (try reader.readAll(limit: size - prefix.count))
        room -= size
    }
}

extension ArchiveEntry.Kind {
    fileprivate var targetLength: Int {
        switch self {
        case .symbolicLink(let target), .hardLink(let target): target.count
        case .file, .folder, .special: 0
        }
    }
}
