internal import Glibc

/// A regular file or a part of it, read by position, so that several readers of one path do not disturb each other.
package final class FileByteSource: SeekableByteSource {
    package let size: Int
    package private(set) var position = 0
    private let descriptor: CInt
    /// Where in the file the part begins.
    private let start: Int

    private init(descriptor: CInt, start: Int, size: Int) {
        self.descriptor = descriptor
        self.start = start
        self.size = size
    }

    deinit { close(descriptor) }

    /// Opens the regular file at `path`, or `part` of it as if that were all; a device, a pipe or a folder is refused.
    ///
    /// What the file does not have of the part is found missing when it is read.
    package static func open(_ path: String, part: Range<Int>? = nil) throws(ArchiveError) -> FileByteSource {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ArchiveError(.unreadable, "file cannot be opened", underlying: systemError())
        }
        var status = stat()
        let isKnown = unsafe fstat(descriptor, &status) == 0
        guard isKnown, status.st_mode & S_IFMT == S_IFREG, let size = Int(exactly: status.st_size) else {
            close(descriptor)
            throw ArchiveError(.unreadable, "file cannot be read", underlying: "not a regular file")
        }
        return FileByteSource(
            descriptor: descriptor, start: part?.lowerBound ?? 0, size: part?.count ?? size)
    }

    package func seek(to position: Int) { self.position = min(max(position, 0), size) }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let wanted = min(buffer.count, size - position)
        guard wanted > 0 else { return 0 }
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe pread(descriptor, bytes.baseAddress, wanted, off_t(start + position))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ArchiveError(.unreadable, "file cannot be read", underlying: Self.systemError())
            }
            guard count > 0 else { throw ArchiveError(.truncated, "file became shorter while it was read") }
            position += count
            return count
        }
    }

    private static func systemError() -> String {
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    }
}
