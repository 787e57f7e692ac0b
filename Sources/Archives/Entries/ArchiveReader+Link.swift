extension ArchiveReader {
    /// Where the symbolic link leads that the reader is at, by its header: of a target in a PAX record alone, as Go writes
    /// what is no ASCII, libarchive does not know what it is the target of.
    var linkTarget: [UInt8]? {
        var target: [UInt8]?
        input.peekUnclaimed(upTo: position, splitAt: headerPosition) { _, header, missing in
            target = missing == 0 ? EngineHeader(header)?.target : nil
        }
        return target
    }
}
