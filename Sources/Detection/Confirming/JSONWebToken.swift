internal import Cryptography
internal import FoundationEssentials
internal import Model

/// A token of RFC 7519 that is one by its structure: two JSON objects and a signature, in base64url.
struct JSONWebToken {
    /// When it stops being valid, where it says so.
    let expires: Instant?

    init?(_ text: Span<UInt8>) {
        let dots = text.indices.filter { text[$0] == UInt8(ascii: ".") }
        // The signature, which makes it a secret, is never copied.
        guard dots.count == 2, let header = Self.object(text.extracting(0..<dots[0])), header.isHeader,
            let claims = Self.object(text.extracting((dots[0] + 1)..<dots[1]))
        else { return nil }
        expires = claims.expires
    }

    private static func object(_ part: Span<UInt8>) -> Fields? {
        let text = part.indices.map { part[$0] }
        guard let bytes = Base64.decodeURL(text), bytes.first == UInt8(ascii: "{") else { return nil }
        return try? JSONDecoder().decode(Fields.self, from: Data(bytes))
    }

    private struct Fields: Decodable {
        let isHeader: Bool
        let expires: Instant?

        private enum CodingKeys: String, CodingKey { case alg, exp }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            isHeader = container.contains(.alg)
            let seconds = try? container.decode(Double.self, forKey: .exp)
            expires = seconds.flatMap { abs($0) < 1e12 ? Instant(seconds: Int($0)) : nil }
        }
    }
}
