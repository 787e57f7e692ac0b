/// Key tables of Kerberos, as MIT describes them.
///
/// https://web.mit.edu/kerberos/krb5-latest/doc/formats/keytab_file_format.html
enum Keytab {
    /// The second byte of the version whose numbers are big-endian, the only one written in this century.
    static let version: UInt8 = 2

    private static let keyLengths = 8...64

    /// Whether entries fill `file` to its end and one of them has a key.
    static func holdsKey(_ file: Span<UInt8>) -> Bool {
        var position = 2
        var hasKey = false
        while position + 4 <= file.count {
            let size = Int(Int32(truncatingIfNeeded: number(file, position, bytes: 4)))
            position += 4
            // What was taken out leaves a hole of this size, and nothing more may have been set aside.
            guard size != 0 else { return hasKey }
            let end = position + abs(size)
            guard end <= file.count else { return false }
            if size > 0 { hasKey = isEntry(file, position..<end) || hasKey }
            position = end
        }
        return hasKey && position == file.count
    }

    /// Realm and components of a principal, its type, a time, a version, and the key.
    private static func isEntry(_ file: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count > 2 else { return false }
        var position = range.lowerBound + 2
        for _ in 0...number(file, range.lowerBound, bytes: 2) {
            guard position + 2 <= range.upperBound else { return false }
            position += 2 + number(file, position, bytes: 2)
        }
        position += 4 + 4 + 1 + 2
        guard position + 2 <= range.upperBound else { return false }
        let length = number(file, position, bytes: 2)
        return keyLengths.contains(length) && position + 2 + length <= range.upperBound
    }

    private static func number(_ bytes: Span<UInt8>, _ position: Int, bytes count: Int) -> Int {
        (position..<position + count).reduce(0) { $0 << 8 | Int(bytes[$1]) }
    }
}
