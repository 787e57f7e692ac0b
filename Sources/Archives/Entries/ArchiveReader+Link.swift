internal import CLibArchive

extension ArchiveReader {
    /// Has `result`, which is read from `entry` of a tar stream, say where it leads if it is a link whose target stands in a
    /// PAX record alone, as Go writes what is no ASCII: libarchive does not know then what that is the target of.
    func complete(_ result: inout ArchiveEntry, from entry: OpaquePointer) {
        switch result.kind {
        case .symbolicLink(target: []):
            if let target = linkTarget { result.kind = .symbolicLink(target: target) }
        // Of hard links, and of nothing else in a tar stream, it says no type.
        case .file where unsafe archive_entry_filetype(entry) == 0:
            if let target = linkTarget, !target.isEmpty { result.kind = .hardLink(target: target) }
        default: return
        }
    }

    private var linkTarget: [UInt8]? {
        var target: [UInt8]?
        input.peekUnclaimed(upTo: position, splitAt: headerPosition) { _, header, missing in
            target = missing == 0 ? EngineHeader(header)?.target : nil
        }
        return target
    }
}
