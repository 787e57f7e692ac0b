internal import Cryptography

/// Private key blocks for examples: right in every part of their structure, and keys to nothing.
enum ExampleKey {
    /// A block of this kind, or nil where there is no such kind.
    static func block(_ kind: String, random: inout SeededBytes) -> String? {
        switch kind {
        case "pkcs8":
            armor("PRIVATE KEY", ed25519(&random))
        case "pkcs8-encrypted":
            armor("ENCRYPTED PRIVATE KEY", encrypted(&random))
        case "rsa":
            armor("RSA PRIVATE KEY", rsa(&random))
        case "rsa-encrypted":
            armor(
                "RSA PRIVATE KEY", random.bytes(1192),
                headers: ["Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,\(hex(random.bytes(16)))", ""])
        case "ec":
            armor("EC PRIVATE KEY", ec(&random))
        case "dsa":
            armor("DSA PRIVATE KEY", dsa(&random))
        case "openssh", "openssh-encrypted":
            armor("OPENSSH PRIVATE KEY", openSSH(&random, encrypted: kind != "openssh"), width: 70)
        case "pgp":
            pgp(&random)
        case "putty":
            putty(&random)
        default:
            nil
        }
    }

    private static func armor(_ label: String, _ body: [UInt8], headers: [String] = [], width: Int = 64)
        -> String
    {
        let lines = ["-----BEGIN \(label)-----"] + headers + wrapped(body, width) + ["-----END \(label)-----"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func wrapped(_ bytes: [UInt8], _ width: Int) -> [String] {
        let text = Array(Base64.encode(bytes))
        return stride(from: 0, to: text.count, by: width).map {
            String(text[$0..<min(text.count, $0 + width)])
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    /// PKCS#8 around an Ed25519 key: any 32 bytes are one.
    private static func ed25519(_ random: inout SeededBytes) -> [UInt8] {
        DER.sequence([
            DER.integer([0]), DER.sequence([DER.oid([0x2b, 0x65, 0x70])]),
            DER.octets(DER.octets(random.bytes(32))),
        ])
    }

    /// PKCS#8 under PBES2: PBKDF2, AES-256-CBC.
    private static func encrypted(_ random: inout SeededBytes) -> [UInt8] {
        let pkcs5: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05]
        let aes256: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a]
        let derivation = DER.sequence([
            DER.oid(pkcs5 + [0x0c]), DER.sequence([DER.octets(random.bytes(8)), DER.integer([0x08, 0x00])]),
        ])
        let cipher = DER.sequence([DER.oid(aes256), DER.octets(random.bytes(16))])
        let algorithm = DER.sequence([DER.oid(pkcs5 + [0x0d]), DER.sequence([derivation, cipher])])
        return DER.sequence([algorithm, DER.octets(random.bytes(1232))])
    }

    /// PKCS#1; the numbers have the right sizes and nothing to do with each other.
    private static func rsa(_ random: inout SeededBytes) -> [UInt8] {
        let sizes = [256, 128, 128, 128, 128, 128]
        var numbers = sizes.map { number($0, &random) }
        numbers.insert(number(256, &random), at: 0)
        return DER.sequence(
            [DER.integer([0]), DER.integer(numbers[0]), DER.integer([1, 0, 1])]
                + numbers[1...].map(DER.integer))
    }

    /// SEC1 on P-256, without the public key, which may be left out.
    private static func ec(_ random: inout SeededBytes) -> [UInt8] {
        let p256 = DER.oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07])
        var scalar = random.bytes(32)
        // Below the order of the curve in any case.
        scalar[0] &= 0x7f
        return DER.sequence([DER.integer([1]), DER.octets(scalar), DER.tagged(0xa0, p256)])
    }

    private static func dsa(_ random: inout SeededBytes) -> [UInt8] {
        let numbers = [128, 20, 128, 128, 20].map { number($0, &random) }
        return DER.sequence([DER.integer([0])] + numbers.map(DER.integer))
    }

    /// Odd, with its top bit set: as large as its size says, and never a multiple of two.
    private static func number(_ size: Int, _ random: inout SeededBytes) -> [UInt8] {
        var bytes = random.bytes(size)
        bytes[0] |= 0x80
        bytes[size - 1] |= 1
        return bytes
    }

    private static func openSSH(_ random: inout SeededBytes, encrypted: Bool) -> [UInt8] {
        func field(_ bytes: [UInt8]) -> [UInt8] { bigEndian(bytes.count) + bytes }
        func text(_ text: String) -> [UInt8] { field(Array(text.utf8)) }
        let publicKey = random.bytes(32)
        let check = random.bytes(4)
        var secret =
            check + check + text("ssh-ed25519") + field(publicKey) + field(random.bytes(32) + publicKey)
            + text("")
        if encrypted { secret = random.bytes(144) }
        var padding: UInt8 = 1
        while !secret.count.isMultiple(of: 8) {
            secret.append(padding)
            padding += 1
        }
        let options = encrypted ? field(field(random.bytes(16)) + bigEndian(16)) : field([])
        return Array("openssh-key-v1\0".utf8) + text(encrypted ? "aes256-ctr" : "none")
            + text(encrypted ? "bcrypt" : "none") + options + bigEndian(1)
            + field(text("ssh-ed25519") + field(publicKey)) + field(secret)
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// A secret-key packet, old format, and the checksum of RFC 4880.
    private static func pgp(_ random: inout SeededBytes) -> String {
        let body = [0x95, 0x03, 0x98, 0x04] + random.bytes(920)
        var checksum: UInt32 = 0xb7_04ce
        for byte in body {
            checksum ^= UInt32(byte) << 16
            for _ in 0..<8 {
                checksum = checksum & 0x80_0000 != 0 ? checksum << 1 ^ 0x186_4cfb : checksum << 1
            }
        }
        let sum = "=" + Base64.encode([16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> UInt32($0)) })
        let lines =
            ["-----BEGIN PGP PRIVATE KEY BLOCK-----", ""] + wrapped(body, 64) + [
                sum, "-----END PGP PRIVATE KEY BLOCK-----",
            ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func putty(_ random: inout SeededBytes) -> String {
        let publicLines = wrapped(random.bytes(51), 64)
        let privateLines = wrapped(random.bytes(36), 64)
        let lines =
            [
                "PuTTY-User-Key-File-3: ssh-ed25519", "Encryption: none", "Comment: example",
                "Public-Lines: \(publicLines.count)",
            ] + publicLines + ["Private-Lines: \(privateLines.count)"] + privateLines
            + ["Private-MAC: \(hex(random.bytes(32)).lowercased())"]
        return lines.joined(separator: "\n") + "\n"
    }
}

/// The few forms of X.690 that keys are made of.
private enum DER {
    static func sequence(_ parts: [[UInt8]]) -> [UInt8] { tagged(0x30, Array(parts.joined())) }

    static func octets(_ bytes: [UInt8]) -> [UInt8] { tagged(0x04, bytes) }

    static func oid(_ bytes: [UInt8]) -> [UInt8] { tagged(0x06, bytes) }

    /// A number that is not negative.
    static func integer(_ bytes: [UInt8]) -> [UInt8] {
        tagged(0x02, (bytes.first ?? 0) & 0x80 == 0 ? bytes : [0] + bytes)
    }

    static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case 0..<0x80: [UInt8(count)]
            case 0x80..<0x100: [0x81, UInt8(count)]
            default: [0x82, UInt8(count >> 8), UInt8(count & 0xff)]
            }
        return [tag] + length + content
    }
}
