import Testing
import YAMLDocuments

struct YAMLLayoutTests {
    private static func layout(_ text: String) throws -> String {
        try YAMLLayout.text(of: YAMLDocument.parse(Array(text.utf8), file: "a.yaml"))
    }

    @Test(
        "moves what begins a line to two spaces a level, and lists below their keys",
        arguments: [
            ("a:\n    b: 1\n    c:\n        d: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n"),
            ("a:\n- b\n- c\n", "a:\n  - b\n  - c\n"),
            ("a:\n    -   b: 1\n        c: 2\n    -   d: 3\n", "a:\n  - b: 1\n    c: 2\n  - d: 3\n"),
            ("-  - a\n   - b\n-  c\n", "- - a\n  - b\n- c\n"),
            ("a:\n  -\n    b: 1\n  - # why\n    c: 2\n", "a:\n  -\n    b: 1\n  - # why\n    c: 2\n"),
            ("a: [b,\n      c]\nd: {e: 1}\n", "a: [b,\n      c]\nd: {e: 1}\n"),
            ("-   [a,\n     b]\n", "- [a,\n   b]\n"),
            ("a: b   \n\n\n\nc: d\n\n", "a: b\n\nc: d\n"),
            ("\n\na: b", "a: b\n"), ("a: b\r\nc:\r\n    d: e\r\n", "a: b\nc:\n  d: e\n"),
            ("---\na:\n    b: 1\n...\n", "---\na:\n  b: 1\n...\n"), ("- \n- a\n", "-\n- a\n"),
        ])
    func structure(before: String, after: String) throws {
        #expect(try Self.layout(before) == after)
        #expect(try Self.layout(after) == after)
    }

    @Test(
        "keeps what a text of several lines says",
        arguments: [
            (
                "a:\n    b: |\n          one\n            two\n\n\n          three\n    c: 1\n",
                "a:\n  b: |\n    one\n      two\n\n\n    three\n  c: 1\n"
            ),
            ("-    >-\n  # no comment\n  text\n- b\n", "- >-\n  # no comment\n  text\n- b\n"),
            ("a:\n    b: |+\n      one\n\n\n    c: 1\n", "a:\n  b: |+\n    one\n\n\n  c: 1\n"),
            ("a: |+\n  one\n\n\n", "a: |+\n  one\n\n\n"),
            ("a:\n    b: one\n      two\n\n\n      three\n", "a:\n  b: one\n    two\n\n\n    three\n"),
            ("a:\n    b: 'one\n\n      # two'\n", "a:\n  b: 'one\n\n    # two'\n"),
            ("a: |\n  end  \n  b\n", "a: |\n  end  \n  b\n"),
        ])
    func text(before: String, after: String) throws {
        #expect(try Self.layout(before) == after)
        #expect(try Self.layout(after) == after)
    }

    @Test("takes comments along with what they stand beside")
    func comments() throws {
        let before = """
            # Of the whole.

            a: # of a
                # of b
                b: 1
                # at the end of a
            # of c
            c:
                -   d: 1 # of d
                    # of e
                    e: 2
                # of the next
                -   f: 3
            """
        let after = """
            # Of the whole.

            a: # of a
              # of b
              b: 1
              # at the end of a
            # of c
            c:
              - d: 1 # of d
                # of e
                e: 2
              # of the next
              - f: 3

            """
        #expect(try Self.layout(before) == after)
        #expect(try Self.layout(after) == after)
    }

    @Test(
        "refuses where the layout is part of what it says",
        arguments: ["a:\n    ? b\n    : 1\n", "a: |2\n    b\n  c\n"])
    func refused(text: String) {
        let error = #expect(throws: YAMLError.self) { try Self.layout(text) }
        #expect(error?.code == .layout)
    }
}
