/// A certificate of OpenSSH: a public key that an authority of its own signed for some names and some time.
package struct OpenSSHCertificate: Hashable, Sendable {
    /// Seconds since 1970; what lies behind the year 9999 is no time that anybody means.
    private static let lastTime: UInt64 = 253_402_300_799
    private static let suffix = "-cert-v01@openssh.com"

    package let isHost: Bool
    /// What the authority calls it.
    package let name: String
    package let notBefore: Int
    /// Nil where it is for ever.
    package let notAfter: Int?
    /// The key that it is for, as lines of `authorized_keys` hold it.
    package let publicKey: [UInt8]
    /// The authority's key in the same form.
    package let authority: [UInt8]

    /// The certificate in `bytes`, decoded from base64; its signature is not checked.
    package init?(_ bytes: [UInt8]) {
        var fields = OpenSSHKey.Fields(bytes[...])
        guard let label = fields.next() else { return nil }
        let type = String(decoding: label, as: UTF8.self)
        guard type.hasSuffix(Self.suffix), fields.next() != nil else { return nil }
        let plain = String(type.dropLast(Self.suffix.count))
        var key = OpenSSHKey.field(Array(plain.utf8))
        // So many fields has a public key of that type.
        let counts = ["ssh-ed25519": 1, "ssh-rsa": 2, "ssh-dss": 4, "sk-ecdsa-sha2-nistp256": 3]
        for _ in 0..<(counts[plain] ?? 2) {
            guard let field = fields.next() else { return nil }
            key += OpenSSHKey.field(Array(field))
        }
        guard fields.number(8) != nil, let kind = fields.number(4), let name = fields.next(),
            fields.next() != nil, let start = fields.number(8), let end = fields.number(8),
            fields.next() != nil, fields.next() != nil, fields.next() != nil, let authority = fields.next()
        else { return nil }
        isHost = kind == 2
        self.name = String(decoding: name, as: UTF8.self)
        notBefore = Int(min(start, Self.lastTime))
        notAfter = end <= Self.lastTime ? Int(end) : nil
        publicKey = key
        self.authority = Array(authority)
    }
}
