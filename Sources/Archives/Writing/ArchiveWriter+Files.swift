internal import Glibc

extension ArchiveWriter {
    /// Adds the file at `path` of the host under the header's name, in pieces; the header's kind is ignored.
    package mutating func add(
        _ header: ArchiveEntryHeader, contentOf path: String
    ) throws(ArchiveWriteError) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        var facts = stat()
        guard unsafe fstat(descriptor, &facts) == 0 else { throw Self.failure(path) }
        var header = header
        header.kind = .file(size: facts.st_size)
        try begin(header)
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(path) }
            guard count > 0 else { return }
            try write(buffer.span.extracting(first: count))
        }
    }

    private static func failure(_ path: String) -> ArchiveWriteError {
        .ofSystem(.entry, path, "cannot read the file")
    }
}
