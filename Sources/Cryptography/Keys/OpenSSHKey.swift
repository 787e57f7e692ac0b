/// What can be read of keys in the forms of OpenSSH, which libcrypto does not know.
package enum OpenSSHKey {
    /// The facts of a private key of the form `openssh-key-v1`.
    static func facts(_ bytes: [UInt8]) -> PrivateKeyFacts? {
        let magic = Array("openssh-key-v1\0".utf8)
        guard bytes.starts(with: magic) else { return nil }
        var fields = Fields(bytes.dropFirst(magic.count))
        guard let cipher = fields.next(), fields.next() != nil, fields.next() != nil, fields.skip(4),
            let publicKey = fields.next()
        else { return nil }
        let algorithm = algorithm(ofPublicKey: Array(publicKey))
        return PrivateKeyFacts(
            algorithm: algorithm?.name, bits: algorithm?.bits, encrypted: !cipher.elementsEqual("none".utf8),
            spki: spki(ofPublicKey: Array(publicKey)))
    }

    /// The kind and size of a public key as lines of `authorized_keys` hold it, decoded from base64.
    package static func algorithm(ofPublicKey bytes: [UInt8]) -> KeyAlgorithm? {
        var fields = Fields(bytes[...])
        guard let type = fields.next() else { return nil }
        switch String(decoding: type, as: UTF8.self) {
        case "ssh-ed25519", "sk-ssh-ed25519@openssh.com":
            return KeyAlgorithm(name: "Ed25519", bits: 256)
        case "ecdsa-sha2-nistp256", "sk-ecdsa-sha2-nistp256@openssh.com":
            return KeyAlgorithm(name: "EC", bits: 256)
        case "ecdsa-sha2-nistp384":
            return KeyAlgorithm(name: "EC", bits: 384)
        case "ecdsa-sha2-nistp521":
            return KeyAlgorithm(name: "EC", bits: 521)
        case "ssh-rsa":
            guard fields.next() != nil, let modulus = fields.next() else { return nil }
            return KeyAlgorithm(name: "RSA", bits: bits(modulus))
        case "ssh-dss":
            guard let prime = fields.next() else { return nil }
            return KeyAlgorithm(name: "DSA", bits: bits(prime))
        default:
            return nil
        }
    }

    private static func bits(_ number: ArraySlice<UInt8>) -> Int {
        let significant = number.drop { $0 == 0 }
        guard let first = significant.first else { return 0 }
        return significant.count * 8 - first.leadingZeroBitCount
    }

    /// A field as it is written.
    static func field(_ bytes: [UInt8]) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bytes.count >> $0) } + bytes
    }

    /// Fields that each begin with their length in four bytes.
    struct Fields {
        private var remaining: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { remaining = bytes }

        mutating func next() -> ArraySlice<UInt8>? {
            let length = remaining.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard remaining.count >= 4, length <= remaining.count - 4 else { return nil }
            defer { remaining = remaining.dropFirst(4 + length) }
            return remaining.dropFirst(4).prefix(length)
        }

        /// A number of as many bytes.
        mutating func number(_ count: Int) -> UInt64? {
            let bytes = remaining.prefix(count)
            guard skip(count) else { return nil }
            return bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }

        mutating func skip(_ count: Int) -> Bool {
            guard remaining.count >= count else { return false }
            remaining = remaining.dropFirst(count)
            return true
        }
    }
}
