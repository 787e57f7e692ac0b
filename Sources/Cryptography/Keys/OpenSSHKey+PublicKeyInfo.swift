extension OpenSSHKey {
    /// SHA-256 of a public key, decoded from base64, as X.509 writes it, 64 hex digits; nil where X.509 has no such key.
    ///
    /// So keys of OpenSSH compare with those in PEM and in certificates.
    package static func spki(ofPublicKey bytes: [UInt8]) -> String? {
        var fields = Fields(bytes[...])
        guard let type = fields.next(), let info = info(String(decoding: type, as: UTF8.self), &fields) else {
            return nil
        }
        return HexDigits.text(SHA256Hasher.hash(info))
    }

    private enum Identifier {
        static let ed25519: [UInt8] = [0x06, 0x03, 0x2b, 0x65, 0x70]
        static let rsa: [UInt8] = [
            0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
        ]
        static let curve: [UInt8] = [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]
        static let curves: [String: [UInt8]] = [
            "nistp256": [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            "nistp384": [0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22],
            "nistp521": [0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23],
        ]
    }

    private static func info(_ type: String, _ fields: inout Fields) -> [UInt8]? {
        switch type {
        case "ssh-ed25519":
            return fields.next().map { info(Identifier.ed25519, key: Array($0)) }
        case "ssh-rsa":
            guard let exponent = fields.next(), let modulus = fields.next() else { return nil }
            let key = element(0x30, element(0x02, Array(modulus)) + element(0x02, Array(exponent)))
            return info(Identifier.rsa, key: key)
        case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
            guard let name = fields.next(), let point = fields.next(),
                let curve = Identifier.curves[String(decoding: name, as: UTF8.self)]
            else { return nil }
            return info(Identifier.curve + curve, key: Array(point))
        default:
            return nil
        }
    }

    private static func info(_ algorithm: [UInt8], key: [UInt8]) -> [UInt8] {
        element(0x30, element(0x30, algorithm) + element(0x03, [0] + key))
    }

    /// A value in DER.
    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }.drop { $0 == 0 }
        return [tag] + (length < 0x80 ? [UInt8(length)] : [0x80 | UInt8(bytes.count)] + bytes) + content
    }
}
