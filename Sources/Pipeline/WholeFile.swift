import Glibc

/// A file that is wanted whole: a document, a key, a bundle.
enum WholeFile {
    private static let piece = 256 << 10

    /// The bytes of the file or pipe at `path`, of which there may be `limit`; fails with `code`.
    static func read(
        _ path: String, atMost limit: Int, or code: AuditError.Code
    ) throws(AuditError) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw AuditError(code: code, place: path, reason: FileFailure.words(errno))
        }
        defer { close(descriptor) }
        return try read(descriptor, of: path, atMost: limit, or: code)
    }

    /// The same of standard input.
    static func readStandardInput(
        atMost limit: Int, or code: AuditError.Code
    ) throws(AuditError) -> [UInt8] {
        try read(STDIN_FILENO, of: "standard input", atMost: limit, or: code)
    }

    private static func read(
        _ descriptor: CInt, of place: String, atMost limit: Int, or code: AuditError.Code
    ) throws(AuditError) -> [UInt8] {
        func failure(_ reason: String) -> AuditError { AuditError(code: code, place: place, reason: reason) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(FileFailure.words(errno)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(Int(status.st_size), 0), limit))
        var buffer = [UInt8](repeating: 0, count: piece)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR || errno == EAGAIN {
                wait(for: descriptor)
                continue
            }
            guard count >= 0 else { throw failure(FileFailure.words(errno)) }
            guard count > 0 else {
                // Rules or waivers that have yet to be written are not no rules.
                let isPipe = status.st_mode & S_IFMT == S_IFIFO
                guard !isPipe || !bytes.isEmpty else { throw failure("is a pipe that nobody has written to") }
                return bytes
            }
            guard bytes.count + count <= limit else {
                throw failure("is too large: at most \(limit) bytes are read")
            }
            bytes += buffer.prefix(count)
        }
    }

    /// Until a pipe has something to read, or nobody is left who writes to it.
    private static func wait(for descriptor: CInt) {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&request, 1, -1)
    }
}
