internal import CLibCrypto

/// Files that hold keys and certificates behind a password.
package enum KeyStore: String, Sendable {
    case pkcs12 = "PKCS#12"
    case jks = "JKS"
    case jceks = "JCEKS"

    /// The kind of store that `bytes` is, where there is a private or secret key in it.
    ///
    /// A store that holds certificates alone is what somebody trusts, and no secret.
    package static func withKey(_ bytes: Span<UInt8>) -> KeyStore? {
        if isPKCS12(bytes) { return holdsKeyBag(bytes) ? .pkcs12 : nil }
        return javaStore(bytes)
    }

    private static func isPKCS12(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 16, bytes[0] == 0x30 else { return false }
        defer { ERR_clear_error() }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let store = unsafe d2i_PKCS12(nil, &position, buffer.count) else { return false }
            unsafe PKCS12_free(store)
            return true
        }
    }

    /// Whether the object id of a key bag, shrouded or not, or of a secret bag stands in `bytes`.
    ///
    /// Programs encrypt the key itself and leave the bag around it in the clear.
    private static func holdsKeyBag(_ bytes: Span<UInt8>) -> Bool {
        let prefix: [UInt8] = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01]
        let kinds: [UInt8] = [1, 2, 5]
        var index = 0
        while index + prefix.count < bytes.count {
            if bytes[index] == 0x06, prefix.indices.allSatisfy({ bytes[index + $0] == prefix[$0] }),
                kinds.contains(bytes[index + prefix.count])
            {
                return true
            }
            index += 1
        }
        return false
    }

    /// JKS or JCEKS by magic, version and the entries, which begin with a tag each: 1 key, 2 certificate, 3 secret.
    private static func javaStore(_ bytes: Span<UInt8>) -> KeyStore? {
        guard bytes.count > 32 else { return nil }
        func number(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 << 8 | Int(bytes[offset + $1]) } }
        let kind: KeyStore
        switch number(0) {
        case 0xfeed_feed: kind = .jks
        case 0xcece_cece: kind = .jceks
        default: return nil
        }
        guard (1...2).contains(number(4)), (1...100_000).contains(number(8)) else { return nil }
        var position = 12
        for _ in 0..<number(8) {
            guard position + 6 <= bytes.count else { return nil }
            guard number(position) == 2 else { return [1, 3].contains(number(position)) ? kind : nil }
            position += 6 + (Int(bytes[position + 4]) << 8 | Int(bytes[position + 5])) + 8
            guard position + 2 <= bytes.count else { return nil }
            // From version 2 on the kind of certificate is named.
            if number(4) == 2 { position += 2 + (Int(bytes[position]) << 8 | Int(bytes[position + 1])) }
            guard position + 4 <= bytes.count else { return nil }
            position += 4 + number(position)
        }
        return nil
    }
}
