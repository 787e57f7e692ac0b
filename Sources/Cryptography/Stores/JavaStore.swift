/// Java's own key stores, JKS and JCEKS: a magic number, a version and entries, which begin with a tag each.
///
/// Names and certificates can be read without the password, keys cannot.
struct JavaStore {
    private enum Tag {
        static let key = 1
        static let certificate = 2
        static let secret = 3
    }

    private static let entryLimit = 100_000

    let kind: KeyStore
    /// Whether a private or secret key is in it, as far as the entries could be read.
    private(set) var holdsKey = false
    /// Where the certificates lie that it trusts.
    private(set) var trusted: [Range<Int>] = []

    private var position = 0

    init?(_ bytes: Span<UInt8>) {
        guard bytes.count > 32 else { return nil }
        switch Self.number(bytes, 0) {
        case 0xfeed_feed: kind = .jks
        case 0xcece_cece: kind = .jceks
        default: return nil
        }
        let version = Self.number(bytes, 4)
        let count = Self.number(bytes, 8)
        guard (1...2).contains(version), (1...Self.entryLimit).contains(count) else { return nil }
        position = 12
        for _ in 0..<count {
            guard takeEntry(bytes, version) else { break }
        }
    }

    /// Whether another entry may follow.
    private mutating func takeEntry(_ bytes: Span<UInt8>, _ version: Int) -> Bool {
        guard let tag = takeNumber(bytes) else { return false }
        holdsKey = holdsKey || tag == Tag.key || tag == Tag.secret
        // A secret key is a Java object, of which nothing says how long it is.
        guard tag == Tag.key || tag == Tag.certificate, takeText(bytes), take(8, bytes) != nil else {
            return false
        }
        guard tag == Tag.key else {
            guard let certificate = takeCertificate(bytes, version) else { return false }
            trusted.append(certificate)
            return true
        }
        guard let length = takeNumber(bytes), take(length, bytes) != nil, let chain = takeNumber(bytes),
            chain <= Self.entryLimit
        else { return false }
        return (0..<chain).allSatisfy { _ in takeCertificate(bytes, version) != nil }
    }

    private mutating func takeCertificate(_ bytes: Span<UInt8>, _ version: Int) -> Range<Int>? {
        // From version 2 on the kind of certificate is named.
        guard version == 1 || takeText(bytes), let length = takeNumber(bytes) else { return nil }
        return take(length, bytes)
    }

    private mutating func takeText(_ bytes: Span<UInt8>) -> Bool {
        guard let length = take(2, bytes) else { return false }
        return take(Int(bytes[length.lowerBound]) << 8 | Int(bytes[length.lowerBound + 1]), bytes) != nil
    }

    private mutating func takeNumber(_ bytes: Span<UInt8>) -> Int? {
        take(4, bytes).map { Self.number(bytes, $0.lowerBound) }
    }

    private mutating func take(_ count: Int, _ bytes: Span<UInt8>) -> Range<Int>? {
        guard count <= bytes.count - position else { return nil }
        defer { position += count }
        return position..<(position + count)
    }

    private static func number(_ bytes: Span<UInt8>, _ offset: Int) -> Int {
        (0..<4).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }
}
