internal import Cryptography

/// Ids for what reports list: the same thing has the same id in every report on it.
enum DerivedID {
    /// The id of what these texts name together.
    static func make(_ parts: [SafeText]) -> SafeText {
        let name = parts.map(\.text).joined(separator: "\0")
        return .cleaning(UUIDv5.make(namespace: namespace, name: Array(name.utf8)))
    }

    /// Our own namespace: UUIDv5 of `urn:palimpsest:report` in the namespace of URLs.
    private static let namespace: [UInt8] = [
        0x58, 0xf1, 0x29, 0x59, 0x8c, 0xe4, 0x51, 0x14, 0xaa, 0xc7, 0x7e, 0x97, 0x95, 0xaa, 0x1a, 0xa6,
    ]
}
