import Cryptography
import TestSupport
import Testing

@Suite("Base58 with a checksum")
struct Base58CheckTests {
    @Test("reads what Bitcoin's documentation shows")
    func known() {
        let address = Array("16UwLL9Risc3QfPqBUvKofHmBQ7wMtjvM".utf8)
        let payload = Base58Check.decode(address.span)
        #expect(payload?.count == 21)
        #expect(payload?.prefix(4) == [0x00, 0x01, 0x09, 0x66])
    }

    @Test("goes there and back, leading zeros included", arguments: [0, 1, 2])
    func roundTrip(zeros: Int) {
        var random = SeededGenerator(seed: 9)
        for count in 0..<80 {
            let payload = [UInt8](repeating: 0, count: zeros) + random.bytes(count)
            let text = Array(Base58Check.encode(payload).utf8)
            #expect(Base58Check.decode(text.span) == payload)
        }
    }

    @Test("refuses every text with one character changed, and what is too long")
    func changed() {
        var random = SeededGenerator(seed: 4)
        let text = Array(Base58Check.encode([0x80] + random.bytes(32)).utf8)
        for place in text.indices {
            var other = text
            other[place] = text[place] == UInt8(ascii: "z") ? UInt8(ascii: "y") : UInt8(ascii: "z")
            #expect(Base58Check.decode(other.span) == nil)
        }
        for wrong in ["", "1", "0OIl", String(repeating: "z", count: 100_000)] {
            #expect(Base58Check.decode(Array(wrong.utf8).span) == nil)
        }
    }
}
