package import Archives

/// Collects the entries of a layer and writes them as a tar stream, in the order in which they were added.
///
/// Nothing is made up: parent folders, sorted names or unique names are the caller's affair, so that a test can
/// write every odd layer there is.
package struct LayerBuilder: Sendable {
    struct Entry: Sendable {
        let header: ArchiveEntryHeader
        let content: FileContent?
    }

    /// Seconds since 1970, for the entries added from now on.
    package var modified: Int
    private(set) var entries: [Entry] = []

    package init(modified: Int = 0) { self.modified = modified }

    package mutating func file(
        _ name: StoredName, _ content: FileContent, mode: Int = 0o644, owner: Int = 0, group: Int = 0,
        extendedAttributes: [String: [UInt8]] = [:]
    ) {
        add(
            name, .file(size: content.size), content, mode: mode, owner: owner, group: group,
            extendedAttributes)
    }

    package mutating func file(
        _ name: StoredName, _ bytes: [UInt8], mode: Int = 0o644, owner: Int = 0, group: Int = 0,
        extendedAttributes: [String: [UInt8]] = [:]
    ) {
        file(
            name, .bytes(bytes), mode: mode, owner: owner, group: group,
            extendedAttributes: extendedAttributes)
    }

    package mutating func file(
        _ name: StoredName, _ text: String, mode: Int = 0o644, owner: Int = 0, group: Int = 0,
        extendedAttributes: [String: [UInt8]] = [:]
    ) {
        file(
            name, .bytes(Array(text.utf8)), mode: mode, owner: owner, group: group,
            extendedAttributes: extendedAttributes)
    }

    package mutating func folder(
        _ name: StoredName, mode: Int = 0o755, owner: Int = 0, group: Int = 0,
        extendedAttributes: [String: [UInt8]] = [:]
    ) {
        add(name, .folder, nil, mode: mode, owner: owner, group: group, extendedAttributes)
    }

    package mutating func symbolicLink(
        _ name: StoredName, to target: StoredName, owner: Int = 0, group: Int = 0
    ) {
        add(name, .symbolicLink(target: target.bytes), nil, mode: 0o777, owner: owner, group: group, [:])
    }

    /// Another name for the file `target` of the same layer.
    package mutating func hardLink(_ name: StoredName, to target: StoredName, mode: Int = 0o644) {
        add(name, .hardLink(target: target.bytes), nil, mode: mode, owner: 0, group: 0, [:])
    }

    package mutating func fifo(_ name: StoredName, mode: Int = 0o644) {
        add(name, .fifo, nil, mode: mode, owner: 0, group: 0, [:])
    }

    package mutating func characterDevice(_ name: StoredName, major: Int, minor: Int, mode: Int = 0o666) {
        add(name, .characterDevice(major: major, minor: minor), nil, mode: mode, owner: 0, group: 0, [:])
    }

    /// Removes what lower layers have under this name.
    package mutating func whiteout(_ name: StoredName) { file(name.whiteout, .bytes([]), mode: 0o600) }

    /// Removes everything that lower layers have in this folder.
    package mutating func opaqueWhiteout(of folder: StoredName) {
        file(folder.opaqueMarker, .bytes([]), mode: 0o600)
    }

    /// The layer as a tar stream in memory.
    package func tar() throws(ImageWriteError) -> [UInt8] {
        let sink = MemorySink()
        try write(to: sink)
        return sink.bytes
    }

    /// Writes the layer as a tar stream and finishes the sink.
    package func write(to sink: any ByteSink) throws(ImageWriteError) {
        do throws(ArchiveWriteError) {
            var writer = try ArchiveWriter.open(.tar, to: sink)
            for entry in entries {
                try writer.begin(entry.header)
                try write(entry.content, through: &writer)
            }
            try writer.finish()
        } catch {
            throw ImageWriteError(error)
        }
    }

    private func write(
        _ content: FileContent?, through writer: inout ArchiveWriter
    ) throws(ArchiveWriteError) {
        switch content {
        case nil:
            return
        case .bytes(let bytes):
            if !bytes.isEmpty { try writer.write(bytes.span) }
        case .generated(let size, let next):
            var offset = 0
            while offset < size {
                let piece = next(offset, min(size - offset, 1 << 20))
                // An empty piece ends it early; the writer then says how many bytes are missing.
                guard !piece.isEmpty else { return }
                try writer.write(piece.span)
                offset += piece.count
            }
        }
    }

    private mutating func add(
        _ name: StoredName, _ kind: ArchiveEntryHeader.Kind, _ content: FileContent?, mode: Int, owner: Int,
        group: Int, _ extendedAttributes: [String: [UInt8]]
    ) {
        let attributes = extendedAttributes.sorted { $0.key < $1.key }.map {
            ArchiveEntryHeader.ExtendedAttribute(name: $0.key, value: $0.value)
        }
        let header = ArchiveEntryHeader(
            name: name.bytes, kind: kind, mode: mode, owner: owner, group: group, modified: modified,
            extendedAttributes: attributes)
        entries.append(Entry(header: header, content: content))
    }
}
