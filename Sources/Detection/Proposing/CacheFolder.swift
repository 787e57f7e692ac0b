internal import Glibc

/// A folder with what the next run need not make again, each thing a file of its own.
///
/// Nothing that somebody else may have written counts: a file does only if it belongs to this user and nobody else may
/// write it. Where one cannot be read or written the run takes longer, and nothing else happens.
package struct CacheFolder: Sendable {
    private let path: String

    package init(_ path: String) { self.path = path }

    /// What was kept under `name`, at most `limit` bytes of it; nil where there is nothing to be trusted.
    package func load(_ name: String, limit: Int) -> [UInt8]? {
        let file = unsafe open("\(path)/\(name)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0, facts.st_uid == geteuid(), facts.st_mode & S_IFMT == S_IFREG,
            facts.st_mode & 0o022 == 0, facts.st_size <= limit
        else { return nil }
        return Self.read(file, count: Int(facts.st_size))
    }

    /// Keeps `bytes` under `name`, whole or not at all.
    package func store(_ bytes: [UInt8], as name: String) {
        // A new machine has no cache folder at all.
        for slash in path.indices where path[slash] == "/" && slash > path.startIndex {
            unsafe mkdir(String(path[..<slash]), 0o700)
        }
        unsafe mkdir(path, 0o700)
        let beside = "\(path)/\(name).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let file = unsafe open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let written = Self.write(bytes, to: file)
        guard close(file) == 0, written, unsafe rename(beside, "\(path)/\(name)") == 0 else {
            unsafe unlink(beside)
            return
        }
    }

    private static func read(_ file: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var offset = 0
        while offset < count {
            let status = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(file, buffer.baseAddress?.advanced(by: offset), count - offset)
            }
            if status < 0, errno == EINTR { continue }
            guard status > 0 else { return nil }
            offset += status
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let status = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: offset), bytes.count - offset)
            }
            if status < 0, errno == EINTR { continue }
            guard status > 0 else { return false }
            offset += status
        }
        return true
    }
}
