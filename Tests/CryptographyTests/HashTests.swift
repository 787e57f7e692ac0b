import Cryptography
import Testing

@Suite struct HashTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test("HMAC gives the codes of RFC 4231")
    func hmac() {
        let code = HMACSHA256.code(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8).span)
        #expect(hex(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let empty = HMACSHA256.code(key: [], message: [UInt8]().span)
        #expect(hex(empty) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("ids of version 5 are those of RFC 9562")
    func uuid() {
        let dns: [UInt8] = [
            0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
        ]
        let id = UUIDv5.make(namespace: dns, name: Array("www.example.com".utf8))
        #expect(id == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    }

    @Test("random bytes are as many as asked for and never the same")
    func random() throws {
        let bytes = try SecureRandom.bytes(32)
        #expect(bytes.count == 32)
        #expect(try bytes != SecureRandom.bytes(32))
        #expect(try SecureRandom.bytes(0).isEmpty)
    }

    @Test("base64 goes there and back, and what is none is nil", arguments: 0...7)
    func base64(count: Int) {
        let bytes = (0..<UInt8(count)).map { $0 &* 37 }
        let text = Base64.encode(bytes)
        #expect(Base64.decode(Array(text.utf8)) == (count == 0 ? nil : bytes))
        #expect(Base64.decode(Array((text + "!").utf8)) == nil)
        #expect(Base64.decode(Array("****".utf8)) == nil)
        #expect(Base64.decodeURL(Array(text.filter { $0 != "=" }.utf8)) == (count == 0 ? nil : bytes))
    }
}
