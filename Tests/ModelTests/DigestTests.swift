import FoundationEssentials
import Model
import Testing

@Suite struct DigestTests {
    @Test("a digest is sha256, a colon and 64 lower-case digits")
    func form() {
        let digest = Digest(sha256: Array(repeating: 0xab, count: 32))
        #expect(digest.text == "sha256:" + String(repeating: "ab", count: 32))
        #expect(Digest(digest.text) == digest)
        #expect(digest.short == "abababababab")
        #expect(digest.hex.count == 64)
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "sha256:", "sha512:" + String(repeating: "a", count: 64),
            "sha256:" + String(repeating: "A", count: 64),
            "sha256:" + String(repeating: "a", count: 63), "sha256:" + String(repeating: "a", count: 65),
            "sha256:" + String(repeating: "g", count: 64), "sha256:../" + String(repeating: "a", count: 61),
            String(repeating: "a", count: 71), "sha256:" + String(repeating: "é", count: 32),
        ])
    func refused(text: String) throws {
        #expect(Digest(text) == nil)
        let data = try JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Digest].self, from: data) }
    }
}
