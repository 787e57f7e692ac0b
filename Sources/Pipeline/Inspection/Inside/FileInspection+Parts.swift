import Archives
import Detection
import Model

extension FileInspection {
    /// How many bytes of memory the parts of a file take that are looked at as a whole.
    static let largestPart = 4 << 20

    /// Looks at something inside `entry` as at a file of its own, called `name`.
    func inspect(
        part name: String, of entry: FileEntry, _ content: any ByteSource, size: Int, within: [String],
        meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        let file = FileEntry(
            path: entry.path, kind: .file, size: size, mode: 0, owner: entry.owner, group: entry.group)
        try look(file, content, within: within + [name], meter: meter, into: &result)
    }

    /// Looks at text that was put together from `entry`, and tells of each part by its name.
    ///
    /// `name` is what rules that go by paths see.
    func inspect(
        _ text: PartedText, called name: String, of entry: FileEntry, within: [String],
        into result: inout Result
    ) throws(ArchiveError) {
        guard !text.isEmpty else { return }
        let scanner = try startedLevel(within.count + 1).scanner
        scanner.begin(Self.nameless(entry, size: text.bytes.count), within: within + [name])
        scanner.scan(window: text.bytes.span, at: 0)
        if !scanner.packed.isEmpty {
            result.note(.unsupported, "an archive in base64 in \(name) is not opened")
        }
        result.add(
            scanner.end().map { sighting in
                let origin = sighting.place.offset.flatMap(text.origin)
                return Self.moved(sighting, to: origin?.name ?? name, origin?.place, within.count)
            })
        if let shortfall = scanner.shortfall { result.note(.detectorLimit, shortfall) }
    }

    /// Looks at one part of `entry` that is called `name` and stands nowhere as it is.
    func inspect(
        _ part: Span<UInt8>, called name: String, of entry: FileEntry, within: [String],
        into result: inout Result
    ) throws(ArchiveError) {
        let scanner = try startedLevel(within.count + 1).scanner
        scanner.begin(Self.nameless(entry, size: part.count), within: within + [name])
        scanner.scan(window: part, at: 0)
        if !scanner.packed.isEmpty {
            result.note(.unsupported, "an archive in base64 in \(name) is not opened")
        }
        result.add(scanner.end().map { Self.moved($0, to: name, nil, within.count) })
        if let shortfall = scanner.shortfall { result.note(.detectorLimit, shortfall) }
    }

    /// Reads what `source` has, up to `limit` bytes; nil where it has more.
    static func collect(
        _ source: any ByteSource, size: Int, limit: Int
    ) throws(ArchiveError) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, limit))
        var piece = [UInt8](repeating: 0, count: size > 0 ? min(size, 64 << 10) : 64 << 10)
        while true {
            var room = piece.mutableSpan
            let count = try source.read(into: &room)
            guard count > 0 else { break }
            guard bytes.count + count <= limit else { return nil }
            bytes += piece[..<count]
        }
        return bytes
    }

    private static func nameless(_ entry: FileEntry, size: Int) -> FileEntry {
        FileEntry(path: entry.path, kind: .file, size: size, mode: 0, owner: entry.owner, group: entry.group)
    }

    /// The sighting as one in the part called `name`, which stands at `place` in the file, if anywhere.
    private static func moved(_ sighting: Sighting, to name: String, _ place: Int?, _ depth: Int) -> Sighting
    {
        var sighting = sighting
        if depth < sighting.place.within.count { sighting.place.within[depth] = name }
        sighting.place.line = nil
        sighting.place.column = nil
        sighting.place.offset = place
        if place == nil {
            if case .finding(var finding) = sighting {
                finding.secretLength = finding.secretLength ?? finding.place.length
                sighting = .finding(finding)
            }
            sighting.place.length = nil
        }
        return sighting
    }
}
