/// Ids that follow from what they name (RFC 9562): the same name has the same id in every run.
package enum UUIDv5 {
    /// The id of `name` in `namespace` (16 bytes), in its usual text form.
    package static func make(namespace: [UInt8], name: [UInt8]) -> String {
        guard var digest = SHA1.hash(namespace, name) else {
            preconditionFailure("libcrypto offers no SHA-1, which ids of version 5 are made with")
        }
        digest[6] = digest[6] & 0x0f | 0x50
        digest[8] = digest[8] & 0x3f | 0x80
        return text(digest.prefix(16))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { HexDigits.text(bytes[$0]) }.joined(separator: "-")
    }
}
