/// Binary files that hold secrets, known by how they are built; keys in DER and key stores are not among them.
package enum SecretFileForm: Sendable {
    /// The keys of Kerberos principals (MIT's format, version 2): as good as their passwords.
    case keytab
    /// A key as Dropbear keeps it, which is without a passphrase.
    case dropbear
    /// The identity of an onion service of Tor.
    case onionService
    /// A database of KeePass, under a password.
    case keePass
    /// A keyring of GNOME or KDE, under the password of the login or none.
    case keyring
    /// Secret keys of OpenPGP in binary form.
    case openPGP(isEncrypted: Bool)

    private static let onionMark = Array("== ed25519v1-secret: type0 ==\0\0\0".utf8)
    private static let keyringMarks = ["GnomeKeyring\n\r\0\n", "KWALLET\n\r\0\r\n"].map { Array($0.utf8) }
    private static let keePassMark: [UInt8] = [0x03, 0xd9, 0xa2, 0x9a]

    /// Whether a file that begins like this may be one; the first byte says no of nearly all.
    package static func mayBegin(_ beginning: Span<UInt8>) -> Bool {
        guard beginning.count > 16 else { return false }
        return switch beginning[0] {
        case 0x00: beginning[1] == 0 && beginning[2] == 0 && DropbearKey.nameLengths.contains(beginning[3])
        case 0x03: begins(beginning, with: keePassMark)
        case 0x05: beginning[1] == Keytab.version
        case UInt8(ascii: "="): begins(beginning, with: onionMark)
        case UInt8(ascii: "G"), UInt8(ascii: "K"): keyringMarks.contains { begins(beginning, with: $0) }
        case let first: OpenPGPSecretKey.mayBegin(first)
        }
    }

    /// The form that a whole file has.
    package init?(_ file: Span<UInt8>) {
        guard Self.mayBegin(file) else { return nil }
        switch file[0] {
        case 0x00:
            guard DropbearKey.isPrivate(file.indices.map { file[$0] }) else { return nil }
            self = .dropbear
        case 0x05:
            guard Keytab.holdsKey(file) else { return nil }
            self = .keytab
        case UInt8(ascii: "="):
            guard file.count == Self.onionMark.count + 64 else { return nil }
            self = .onionService
        case 0x03: self = .keePass
        case UInt8(ascii: "G"), UInt8(ascii: "K"): self = .keyring
        default:
            guard let isEncrypted = OpenPGPSecretKey.isEncrypted(file) else { return nil }
            self = .openPGP(isEncrypted: isEncrypted)
        }
    }

    private static func begins(_ bytes: Span<UInt8>, with mark: [UInt8]) -> Bool {
        bytes.count >= mark.count && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
    }
}
