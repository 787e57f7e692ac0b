import Archives
import Detection
import Model

extension FileInspection {
    /// Opens what stands encoded in a file that was scanned: releases of Helm, what cloud-init and Terraform hand to a
    /// machine.
    func openPacked(
        _ texts: [PackedText], in entry: FileEntry, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws(ArchiveError) {
        for text in texts {
            guard within.count + text.within.count <= limit.depth else {
                return result.note(.depthLimit, "an archive in base64 inside \(within.count) others")
            }
            let inside = within + text.within.dropLast()
            // With an ending, as a file of that kind has one, and what is in it the name without.
            let kind = ArchiveKind.sniff(text.bytes.span).map { ".\($0.rawValue)" } ?? ""
            var found = Result()
            try inspect(
                part: (text.within.last ?? "") + kind, of: entry, MemoryByteSource(text.bytes),
                size: text.bytes.count, within: inside, meter: meter, into: &found)
            // A member that an archive stores as it is was opened where it lies.
            result.add(Self.unlessSeenInside(found.sightings, result.sightings))
            result.note(found.gaps)
        }
    }
}
