/// Where in a program a zip archive may begin that is appended to it.
package enum ZipStart {
    /// How many bytes of a member's header are looked at.
    package static let headerLength = 30

    /// The first place in `bytes`, from `start` on, that looks like the header of a zip's member, as far as the header
    /// is there.
    package static func find(in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
        var offset = start
        while offset + headerLength <= bytes.count {
            let rest = bytes.extracting(offset...)
            guard let next = ByteSearch.first(of: [0x50, 0x4b, 0x03, 0x04], in: rest) else { return nil }
            offset += next
            if offset + headerLength <= bytes.count, isHeader(bytes.extracting(offset...)) { return offset }
            offset += 1
        }
        return nil
    }

    /// A version and a method that there are, a name of some length.
    private static func isHeader(_ bytes: Span<UInt8>) -> Bool {
        func number(_ offset: Int) -> Int { Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 }
        let methods: Set = [0, 8, 9, 12, 14, 93, 95, 97, 98, 99]
        return bytes[4] <= 63 && methods.contains(number(8)) && (1...4_096).contains(number(26))
    }
}
