internal import Model

extension ImageScanner {
    /// What is seen in `text` that belongs to an entry and is not its content: a name, a link's target, header blocks.
    ///
    /// Rules that are limited to paths or to metadata fields do not apply. Not while a file is begun.
    package func inspect(text: Span<UInt8>) -> [Sighting] {
        let log = search(text, asField: nil)
        shortfall = log.shortfall
        return log.drafts.isEmpty ? [] : log.settled().map(masked)
    }

    /// What is seen in the value of an extended attribute.
    ///
    /// It is looked at as the content of a file without a name, and again with its own name before it, which is what
    /// makes a secret of some values. Not while a file is begun.
    package func inspect(attribute name: String, value: [UInt8]) -> [Sighting] {
        let file = FileEntry(
            path: EntryPath(""), kind: .file, size: value.count, mode: 0, owner: 0, group: 0)
        begin(file)
        scan(window: value.span, at: 0)
        var sightings = end()
        let found = shortfall
        let prefix = Array("\(name)=".utf8)
        for var sighting in inspect(text: (prefix + value).span) {
            // Offsets count from the start of the value; what begins before it has none.
            sighting.place.offset = sighting.place.offset.flatMap {
                $0 < prefix.count ? nil : $0 - prefix.count
            }
            if !sightings.contains(where: { $0.isSame(as: sighting) }) { sightings.append(sighting) }
        }
        shortfall = found ?? shortfall
        return sightings
    }
}

extension Sighting {
    /// Whether `other` shows the same thing, wherever it stands.
    package func isSame(as other: Sighting) -> Bool { subject == other.subject }

    /// What it is about: the secret by its fingerprint, anything else by rule or title.
    package var subject: String {
        switch self {
        case .finding(let finding): finding.fingerprint.map { "secret \($0)" } ?? "rule \(finding.rule)"
        case .item(let item): "\(item.type.rawValue) \(item.title)"
        }
    }
}
