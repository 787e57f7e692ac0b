import FoundationEssentials
import Model
import Testing

@Suite struct EntryPathTests {
    @Test(
        "a stored name has one form, however an archive writes it",
        arguments: [
            ("etc/passwd", "/etc/passwd"), ("./etc/passwd", "/etc/passwd"), ("/etc//passwd/", "/etc/passwd"),
            ("", "/"), (".", "/"), ("./", "/"), ("///", "/"), ("a/./b/.", "/a/b"), ("a/../b", "/a/../b"),
            ("..", "/.."), ("...", "/..."), (".a", "/.a"), ("a\\b", "/a\\\\b"),
        ])
    func form(stored: String, shown: String) { #expect(EntryPath(stored).description == shown) }

    @Test("names that look alike stay two names")
    func alike() {
        #expect(EntryPath("caf\u{e9}") != EntryPath("cafe\u{301}"))
        #expect(Set([EntryPath([0xff]), EntryPath([0xfe])]).count == 2)
    }

    @Test("the parent follows the components")
    func relations() {
        let path = EntryPath("a/b/c")
        #expect(path.parent == EntryPath("a/b"))
        #expect(EntryPath("").parent == EntryPath(""))
    }

    @Test("the order is that of the bytes")
    func order() {
        let sorted = [[0x61], [0x61, 0x2e], [0x61, 0x2f, 0x62], [0x61, 0x30], [0xff]].map {
            EntryPath($0 as [UInt8])
        }
        #expect(sorted.reversed().sorted() == sorted)
    }

    @Test(
        "a path comes back from JSON, whatever its bytes",
        arguments: [
            [], [0xff, 0x2f, 0x5c], [0x5c, 0xcc, 0x81], Array("a b/\u{7}\u{202e}".utf8), Array("é\"\n".utf8),
        ] as [[UInt8]])
    func codable(bytes: [UInt8]) throws {
        let path = EntryPath(bytes)
        let data = try JSONEncoder().encode([path])
        #expect(try JSONDecoder().decode([EntryPath].self, from: data) == [path])
    }

    @Test("a path with a stray backslash is refused in JSON")
    func refused() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([EntryPath].self, from: Data(#"["/a\\nb"]"#.utf8))
        }
    }
}
