/// Base58 with the first four bytes of a double SHA-256 behind the payload, as Bitcoin writes keys.
///
/// Source: https://en.bitcoin.it/wiki/Base58Check_encoding.
package enum Base58Check {
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    private static let checksumLength = 4
    /// Longer than any key; the work grows with the square of the length.
    private static let longest = 200

    /// The payload with its version bytes; nil where `text` is no base58, is too long or its checksum is wrong.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count <= longest else { return nil }
        var bytes: [UInt8] = []
        for index in text.indices {
            guard var carry = alphabet.firstIndex(of: text[index]) else { return nil }
            for place in bytes.indices.reversed() {
                carry += Int(bytes[place]) * alphabet.count
                bytes[place] = UInt8(truncatingIfNeeded: carry)
                carry >>= 8
            }
            if carry > 0 { bytes.insert(UInt8(truncatingIfNeeded: carry), at: 0) }
        }
        let zeros = text.indices.prefix { text[$0] == alphabet[0] }.count
        let all = [UInt8](repeating: 0, count: zeros) + bytes
        let payload = Array(all.dropLast(checksumLength))
        return all.count >= checksumLength && all.suffix(checksumLength).elementsEqual(checksum(of: payload))
            ? payload : nil
    }

    /// `payload`, version bytes included, with its checksum as text.
    package static func encode(_ payload: [UInt8]) -> String {
        var rest = payload + checksum(of: payload)
        let zeros = rest.prefix { $0 == 0 }.count
        var digits: [UInt8] = []
        while rest.contains(where: { $0 != 0 }) {
            var remainder = 0
            for place in rest.indices {
                let value = remainder << 8 | Int(rest[place])
                rest[place] = UInt8(value / alphabet.count)
                remainder = value % alphabet.count
            }
            digits.append(alphabet[remainder])
        }
        digits += [UInt8](repeating: alphabet[0], count: zeros)
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    private static func checksum(of payload: [UInt8]) -> ArraySlice<UInt8> {
        SHA256Hasher.hash(SHA256Hasher.hash(payload)).prefix(checksumLength)
    }
}
