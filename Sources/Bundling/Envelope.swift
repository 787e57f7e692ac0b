internal import Cryptography

/// A signed statement, as DSSE puts it in an envelope.
struct Envelope: Hashable, Codable {
    struct Signature: Hashable, Codable {
        let keyid: String
        let sig: String
    }

    let payload: String
    let payloadType: String
    let signatures: [Signature]

    init(_ statement: [UInt8], signature: [UInt8], keyID: String) {
        payload = Base64.encode(statement)
        payloadType = Statement.mediaType
        signatures = [Signature(keyid: keyID, sig: Base64.encode(signature))]
    }

    /// What is signed: the statement with its type and the length of each, so that neither can be taken for another.
    static func message(_ statement: [UInt8]) -> [UInt8] {
        let type = Statement.mediaType
        return Array("DSSEv1 \(type.utf8.count) \(type) \(statement.count) ".utf8) + statement
    }
}
