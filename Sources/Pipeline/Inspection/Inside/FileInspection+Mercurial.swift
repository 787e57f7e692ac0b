import Archives
import Detection
import Model

/// What was committed once and taken out again, in a repository of Mercurial.
extension FileInspection {
    /// More revisions of one file are not opened: each costs some time, however short it is.
    private static let revisionLimit = 200_000

    /// Looks at each revision in a revision log as at the file that it is of.
    func openRevisions(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws(ArchiveError) {
        guard within.count < limit.depth else {
            return result.note(.depthLimit, "Mercurial revisions inside \(within.count) others")
        }
        // They may be packed by a method whose memory libarchive takes by itself.
        guard memory.isOffered() else { return }
        let name = StoredPath.name(of: within.last ?? entry.path.description)
        let reader = RevlogReader(window)
        var count = 0
        do throws(ArchiveError) {
            while let revision = try reader.next() {
                guard count < Self.revisionLimit else {
                    return result.note(.sizeLimit, "more than \(count) Mercurial revisions of one file")
                }
                count += 1
                let title = "revision at byte \(revision.place)/\(name)"
                do throws(ArchiveError) {
                    let content = MeteredByteSource(
                        try reader.content(of: revision, memory: memory), meter: meter,
                        stored: levels[0].window, limit: nil)
                    try inspect(
                        part: title, of: entry, content, size: 0, within: within, meter: meter, into: &result)
                    _ = try content.drain()
                } catch  where window.failure == nil && meter.exceeded == nil {
                    note(error, title, in: window, meter, into: &result)
                }
            }
        } catch {
            note(error, "Mercurial revisions", in: window, meter, into: &result)
        }
    }
}
