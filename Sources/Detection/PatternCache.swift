internal import Cryptography
internal import Glibc
internal import Model
internal import Patterns

/// A compiled database kept in a file for the next start, which then takes a millisecond.
///
/// The file's name follows from everything the database depends on, and from the patterns that the other engine accepted
/// when it was made: where it lies there, none of them has to be checked again. Loading a database that somebody tampered with
/// could do anything, so a file counts only if it belongs to this user, nobody else may write it, and the SHA-256 at
/// its start is right; any other is ignored, and written anew.
struct PatternCache {
    private let folder: String
    private let path: String

    private static let magic = Array("palimpsest.patterns/1\n".utf8)
    private static let largest = 256 * 1024 * 1024

    init(folder: String, proposing: [ProposingPattern], confirming: [DetectorRule]) {
        var hasher = SHA256Hasher()
        var texts = [PatternDatabase.platform, RegularExpression.engine]
        texts += proposing.map(\.pattern)
        for rule in confirming { texts += rule.patterns }
        for text in texts { hasher.update(Array(text.utf8 + [0]).span) }
        self.folder = folder
        path = "\(folder)/patterns-\(Hex.string(hasher.finish()).prefix(32)).db"
    }

    /// The database, or nil where there is none to be trusted.
    func load() -> PatternDatabase? {
        let file = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0, facts.st_uid == geteuid(), facts.st_mode & S_IFMT == S_IFREG,
            facts.st_mode & 0o022 == 0, facts.st_size <= Self.largest,
            let bytes = Self.read(file, count: Int(facts.st_size)), bytes.starts(with: Self.magic)
        else { return nil }
        let content = Array(bytes.dropFirst(Self.magic.count + 32))
        guard SHA256Hasher.hash(content).elementsEqual(bytes.dropFirst(Self.magic.count).prefix(32)) else {
            return nil
        }
        return PatternDatabase(serialized: content.span)
    }

    /// Keeps `database`; where that fails the next start takes longer, and nothing else happens.
    func store(_ database: PatternDatabase) {
        guard let content = database.serialized() else { return }
        // A new machine has no cache folder at all.
        for slash in folder.indices where folder[slash] == "/" && slash > folder.startIndex {
            unsafe mkdir(String(folder[..<slash]), 0o700)
        }
        unsafe mkdir(folder, 0o700)
        let beside = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let file = unsafe open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let written = Self.write(Self.magic + SHA256Hasher.hash(content) + content, to: file)
        guard close(file) == 0, written, unsafe rename(beside, path) == 0 else {
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
