import Cryptography
import Testing

/// What is sealed opens with its key and label, and with nothing else.
struct SealedBytesTests {
    private static let key = Array(UInt8(0)..<32)
    private static let label = Array("layer".utf8)

    @Test("what was sealed opens as it was", arguments: [0, 1, 15, 16, 17, 100_000])
    func opens(_ count: Int) throws {
        let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try SealedBytes.seal(plain, key: Self.key, label: Self.label)
        #expect(sealed.count == count + 28)
        #expect(SealedBytes.open(sealed, key: Self.key, label: Self.label) == plain)
    }

    @Test("the same bytes look different each time they are sealed")
    func differs() throws {
        let plain = [UInt8](repeating: 0, count: 64)
        let sealed = try SealedBytes.seal(plain, key: Self.key, label: Self.label)
        #expect(try SealedBytes.seal(plain, key: Self.key, label: Self.label) != sealed)
    }

    @Test("with any bit turned, any byte missing, another key or another label it does not open")
    func refuses() throws {
        let sealed = try SealedBytes.seal(Array("evidence".utf8), key: Self.key, label: Self.label)
        for bit in 0..<sealed.count * 8 {
            var turned = sealed
            turned[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(SealedBytes.open(turned, key: Self.key, label: Self.label) == nil)
        }
        for count in 0..<sealed.count {
            #expect(SealedBytes.open(Array(sealed.prefix(count)), key: Self.key, label: Self.label) == nil)
        }
        #expect(SealedBytes.open(sealed, key: Self.key.reversed(), label: Self.label) == nil)
        #expect(SealedBytes.open(sealed, key: Self.key, label: Self.label + [0]) == nil)
    }
}
