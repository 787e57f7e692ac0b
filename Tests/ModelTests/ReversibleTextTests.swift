import Model
import Testing

@Suite struct ReversibleTextTests {
    @Test(
        "bytes become text that can be read, and the same bytes again",
        arguments: [
            ([], ""), (Array("plain é 漢".utf8), "plain é 漢"), ([0xff], "\\xff"), ([0x61, 0xc3], "a\\xc3"),
            (Array("a\\b".utf8), "a\\\\b"), (Array("\\xff".utf8), "\\\\xff"),
            ([0xed, 0xa0, 0x80], "\\xed\\xa0\\x80"),
            ([0xc0, 0x80], "\\xc0\\x80"), ([0xff, 0xcc, 0x81], "\\xff\u{301}"),
            // A backslash under a combining mark is one character to Swift, and still a backslash.
            (Array("\\\u{301}".utf8), "\\\\\u{301}"), ([0, 0x1b, 0x0a], "\u{0}\u{1b}\n"),
        ] as [([UInt8], String)])
    func both(bytes: [UInt8], text: String) {
        #expect(Array(ReversibleText.string(bytes).utf8) == Array(text.utf8))
        #expect(ReversibleText.bytes(text) == bytes)
    }

    @Test("every byte, pair of bytes and random run of bytes comes back")
    func all() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second, 0x5c, second]
                #expect(ReversibleText.bytes(ReversibleText.string(bytes)) == bytes)
            }
        }
    }

    @Test(
        "text that stands for no bytes is refused",
        arguments: ["\\", "\\n", "\\x", "\\x1", "\\xgg", "\\x+1", "a\\ b"])
    func refused(text: String) { #expect(ReversibleText.bytes(text) == nil) }
}
