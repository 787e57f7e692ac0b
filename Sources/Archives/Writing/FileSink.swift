internal import Glibc

/// A sink that writes a new file, which must not exist yet.
package final class FileSink: ByteSink {
    private let path: String
    private var descriptor: Int32

    package init(path: String) throws(ArchiveWriteError) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ArchiveWriteError.ofSystem(.output, path, "cannot create the file")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    package func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw ArchiveWriteError.ofSystem(.output, path, "cannot write") }
            written += count
        }
    }

    package func finish() throws(ArchiveWriteError) {
        guard descriptor >= 0 else { return }
        let status = close(descriptor)
        descriptor = -1
        // Some file systems tell of a full disk only here.
        guard status == 0 else { throw ArchiveWriteError.ofSystem(.output, path, "cannot write") }
    }
}
