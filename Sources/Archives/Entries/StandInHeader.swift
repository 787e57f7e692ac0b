/// A whole tar header that says of nothing that there is nothing: an empty file.
enum StandInHeader {
    static let bytes: [UInt8] = {
        var header = [UInt8](repeating: 0, count: 512)
        for (start, text) in [
            (0, "-"), (124, "00000000000"), (148, "000000"), (156, "0"), (257, "ustar\u{0}00"),
        ] {
            for (index, byte) in text.utf8.enumerated() { header[start + index] = byte }
        }
        let sum = header.reduce(8 * 0x20) { $0 + Int($1) } - 6 * 0x30
        let digits = String(sum, radix: 8).utf8
        for (index, byte) in digits.enumerated() { header[154 - digits.count + index] = byte }
        return header
    }()
}
