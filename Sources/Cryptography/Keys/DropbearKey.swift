/// Keys as Dropbear keeps them: the fields of SSH's public key (RFC 4253, section 6.6), then the private ones.
enum DropbearKey {
    /// From `ssh-rsa` to `ecdsa-sha2-nistp521`.
    static let nameLengths: ClosedRange<UInt8> = 7...19

    /// Whether `bytes` are one key from end to end, and not its public part alone.
    static func isPrivate(_ bytes: [UInt8]) -> Bool {
        var fields = OpenSSHKey.Fields(bytes[...])
        guard let type = fields.next() else { return false }
        var lengths: [Int] = []
        while let field = fields.next() { lengths.append(field.count) }
        guard lengths.reduce(4 + type.count, { $0 + 4 + $1 }) == bytes.count else { return false }
        return switch String(decoding: type, as: UTF8.self) {
        case "ssh-ed25519": lengths == [64]
        case "ssh-rsa", "ssh-dss": lengths.count == 5
        case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521": lengths.count == 3
        default: false
        }
    }
}
