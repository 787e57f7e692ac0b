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
        if isPKCS12(bytes) { return holdsBag([1, 2, 5], bytes) ? .pkcs12 : nil }
        return JavaStore(bytes).flatMap { $0.holdsKey ? $0.kind : nil }
    }

    /// Whether a private key lies in the clear in `bytes`, a store with a key.
    ///
    /// Java's stores have no such form.
    package static func leavesKeyOpen(_ bytes: Span<UInt8>) -> Bool {
        isPKCS12(bytes) && holdsBag([1], bytes)
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

    /// Whether the object id of a bag of one of these `kinds` stands in `bytes`: 1 is a key, 2 a shrouded key, 5 a secret.
    ///
    /// Programs encrypt the key itself and leave the bag around it in the clear.
    private static func holdsBag(_ kinds: [UInt8], _ bytes: Span<UInt8>) -> Bool {
        let prefix: [UInt8] = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01]
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

    /// Where in `bytes`, a store without a key, the certificates lie that it holds in the clear: what somebody trusts.
    package static func trustedCertificates(in bytes: Span<UInt8>) -> [Range<Int>] {
        if let store = JavaStore(bytes) { return store.holdsKey ? [] : store.trusted }
        return isPKCS12(bytes) && !holdsBag([1, 2, 5], bytes) ? bagged(bytes) : []
    }

    /// Whether a file that begins like this may be one of Java's stores.
    package static func mayBeJava(_ beginning: Span<UInt8>) -> Bool {
        guard beginning.count > 4, beginning[0] == 0xfe || beginning[0] == 0xce else { return false }
        let other: UInt8 = beginning[0] == 0xfe ? 0xed : 0xce
        return beginning[1] == other && beginning[2] == beginning[0] && beginning[3] == other
    }

    /// The X.509 certificates in bags: the object id, `[0]`, a string of bytes and in it a sequence as long as it.
    private static func bagged(_ bytes: Span<UInt8>) -> [Range<Int>] {
        let kind: [UInt8] = [0x06, 0x0a, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01]
        var found: [Range<Int>] = []
        var index = 0
        // The certificate itself is longer than what is read of it here.
        while index + kind.count + 16 < bytes.count {
            guard bytes[index] == kind[0], kind.indices.allSatisfy({ bytes[index + $0] == kind[$0] }) else {
                index += 1
                continue
            }
            index += kind.count
            guard bytes[index] == 0xa0, bytes[index + 1] == 0x82, bytes[index + 4] == 0x04,
                bytes[index + 5] == 0x82
            else { continue }
            let start = index + 8
            let end = start + (Int(bytes[index + 6]) << 8 | Int(bytes[index + 7]))
            guard end <= bytes.count else { continue }
            found.append(start..<end)
            index = end
        }
        return found
    }
}
