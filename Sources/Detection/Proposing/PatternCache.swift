internal import Cryptography
internal import Model
internal import Patterns

/// A compiled database kept in a file for the next start, which then takes a millisecond.
///
/// The file's name follows from everything the database depends on, and from the patterns that the other engine accepted
/// when it was made: where it lies there, none of them has to be checked again. Loading a database that somebody tampered with
/// could do anything, so beside what ``CacheFolder`` asks of a file the SHA-256 at its start has to be right; any other is
/// ignored, and written anew.
struct PatternCache {
    private let folder: CacheFolder
    private let name: String

    private static let magic = Array("palimpsest.patterns/1\n".utf8)
    private static let digestLength = 32
    private static let largest = 256 * 1024 * 1024

    init(folder: String, proposing: [ProposingPattern], confirming: [DetectorRule]) {
        var hasher = SHA256Hasher()
        var texts = [PatternDatabase.platform, RegularExpression.engine]
        texts += proposing.map(\.pattern)
        for rule in confirming { texts += rule.patterns }
        for text in texts { hasher.update(Array(text.utf8 + [0]).span) }
        self.folder = CacheFolder(folder)
        name = "patterns-\(Hex.string(hasher.finish()).prefix(32)).db"
    }

    /// The database, or nil where there is none to be trusted.
    func load() -> PatternDatabase? {
        let start = Self.magic.count + Self.digestLength
        guard let bytes = folder.load(name, limit: Self.largest), bytes.count >= start,
            bytes.starts(with: Self.magic)
        else { return nil }
        let content = bytes.span.extracting(start...)
        var hasher = SHA256Hasher()
        hasher.update(content)
        guard hasher.finish().elementsEqual(bytes[Self.magic.count..<start]) else { return nil }
        return PatternDatabase(serialized: content)
    }

    /// Keeps `database`; where that fails the next start takes longer, and nothing else happens.
    func store(_ database: PatternDatabase) {
        guard let content = database.serialized() else { return }
        folder.store(Self.magic + SHA256Hasher.hash(content) + content, as: name)
    }
}
