import Testing
import YAMLDocuments

@Suite struct YAMLDocumentTests {
    private func parse(_ text: String, limits: YAMLLimits = .default) throws(YAMLError) -> YAMLNode {
        try YAMLDocument.parse(Array(text.utf8), file: "a.yaml", limits: limits).root
    }

    @Test("a document becomes a tree whose nodes know line and column")
    func tree() throws {
        let root = try parse("a: 1\nlist:\n  - \"x\"\n  - {k: v}\n")
        guard case .mapping(let pairs) = root.content else {
            Issue.record("the root is no mapping")
            return
        }
        #expect(pairs.map(\.key) == ["a", "list"])
        #expect(pairs.map(\.keyMark) == [YAMLMark(line: 1, column: 1), YAMLMark(line: 2, column: 1)])
        #expect(root["a"] == YAMLNode(.scalar(text: "1", isPlain: true), mark: YAMLMark(line: 1, column: 4)))
        guard case .sequence(let elements) = root["list"]?.content else {
            Issue.record("the list is no sequence")
            return
        }
        #expect(
            elements.first
                == YAMLNode(.scalar(text: "x", isPlain: false), mark: YAMLMark(line: 3, column: 5)))
        #expect(elements.last?["k"]?.mark == YAMLMark(line: 4, column: 9))
    }

    @Test("columns count characters, not bytes")
    func columns() throws {
        #expect(try parse("é漢😀: x").mapping?.first?.value.mark == YAMLMark(line: 1, column: 6))
    }

    @Test("a version directive and the two document marks are read")
    func directives() throws {
        #expect(try parse("%YAML 1.2\n---\na: b\n...\n# end\n")["a"]?.mark.line == 3)
    }

    @Test(
        "what means different things to different readers is refused where it stands",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", .duplicateKey, 3, 1),
            ("caf\u{e9}: 1\ncafe\u{301}: 2\n", .duplicateKey, 2, 1),
            ("a: {x: 1, x: 2}\n", .duplicateKey, 1, 11),
            ("a: 1\n\"a\": 2\n", .duplicateKey, 2, 1),
            ("a: &x 1\n", .anchor, 1, 4),
            ("a: &x [*x]\n", .anchor, 1, 4),
            ("&x a: 1\n", .anchor, 1, 1),
            ("a: *x\n", .alias, 1, 4),
            ("*x : 1\n", .alias, 1, 1),
            ("a: !!str 1\n", .tag, 1, 4),
            ("a: !!binary aGk=\n", .tag, 1, 4),
            ("a: ! 1\n", .tag, 1, 4),
            ("--- !x\na: 1\n", .tag, 1, 5),
            ("%TAG ! tag:example.com,2000:\n---\na: 1\n", .tag, 1, 1),
            ("a:\n  <<: {b: 1}\n", .mergeKey, 2, 3),
            ("?\n: 1\n", .keyNotText, 1, 2),
            ("~: 1\n", .keyNotText, 1, 1),
            ("null: 1\n", .keyNotText, 1, 1),
            ("? [a]\n: 1\n", .keyNotText, 1, 3),
            ("{a: 1}: 2\n", .keyNotText, 1, 1),
            ("1: 2\n", .keyNotText, 1, 1),
            ("a: 1\nno: 2\n", .keyNotText, 2, 1),
            ("a: 1\n---\nb: 2\n", .severalDocuments, 2, 1),
            ("a: 1\n...\nb: 2\n", .syntax, 3, 1),
            ("a: 1\n---\n", .severalDocuments, 2, 1),
            ("", .empty, 1, 1),
            ("# nothing\n\n", .empty, 1, 1),
            ("\u{feff}a: 1\n", .byteOrderMark, 1, 1),
            ("a: x\u{85}y\n", .forbiddenCharacter, 1, 5),
            ("a: x\u{2028}y\n", .forbiddenCharacter, 1, 5),
            ("# \u{2029}\n", .forbiddenCharacter, 1, 3),
            ("a: 1\nb: x\u{1}\n", .forbiddenCharacter, 2, 5),
            ("a: \u{0}\n", .forbiddenCharacter, 1, 4),
            ("\tb: 1\n", .syntax, 1, 1),
            ("%YAML 1.3\n---\na: 1\n", .syntax, 1, 1),
            ("%YAML 2.0\n---\na: 1\n", .syntax, 1, 1),
            ("a: [1, 2\nb: 3\n", .syntax, 2, 2),
            ("a: \"x\n", .syntax, 2, 1),
        ] as [(String, YAMLError.Code, Int, Int)])
    func refused(text: String, code: YAMLError.Code, line: Int, column: Int) throws {
        let error = #expect(throws: YAMLError.self) { try parse(text) }
        #expect(error?.code == code)
        #expect(error?.place.mark == YAMLMark(line: line, column: column))
        #expect(error?.place.file == "a.yaml")
        #expect(error?.reason.isEmpty == false)
    }

    @Test("bytes that are no UTF-8 are refused where they stand")
    func notUTF8() {
        let cases: [([UInt8], YAMLMark)] = [
            (Array("a: 1\nb: ".utf8) + [0xff], YAMLMark(line: 2, column: 4)),
            ([0xfe, 0xff, 0, 0x61], .start), ([0xff, 0xfe, 0x61, 0], .start),
            (Array("a: ".utf8) + [0xc0, 0x80], YAMLMark(line: 1, column: 4)),
            (Array("a: ".utf8) + [0xed, 0xa0, 0x80], YAMLMark(line: 1, column: 4)),
            (Array("a: é".utf8).dropLast(), YAMLMark(line: 1, column: 4)),
        ]
        for (bytes, mark) in cases {
            let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(bytes, file: "a.yaml") }
            #expect(error == YAMLError(.notUTF8, at: YAMLError.Place(file: "a.yaml", mark: mark), ""))
        }
    }

    @Test("UTF-16 without a byte order mark is refused")
    func utf16() {
        let bytes = "a: 1\n".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        #expect(throws: YAMLError.self) { try YAMLDocument.parse(bytes, file: "a.yaml") }
    }

    @Test("libyaml's own words say what is wrong and what it belongs to")
    func syntax() {
        let error = #expect(throws: YAMLError.self) { try parse("a:\n  - [1\n  - 2\n") }
        #expect(
            error?.description
                == "a.yaml:4:1: while parsing a flow sequence that begins at line 2, column 5: did not find expected ',' or ']'"
        )
    }

    @Test("a tab where a line is indented is named", arguments: ["a:\n\t- b\n", "a:\n  b: 1\n \tc: 2\n"])
    func tab(text: String) {
        let error = #expect(throws: YAMLError.self) { try parse(text) }
        #expect(
            error?.reason.hasSuffix("the line is indented with a tab, where YAML takes spaces only") == true)
        let other = #expect(throws: YAMLError.self) { try parse("a: [1\n") }
        #expect(other?.reason.contains("tab") == false)
    }

    @Test("a key of more than 1,024 characters fails")
    func longKey() {
        let error = #expect(throws: YAMLError.self) {
            try parse(String(repeating: "k", count: 1_100) + ": 1\n")
        }
        #expect(error?.code == .syntax)
    }

    @Test("line ends of every kind count as libyaml counts them")
    func lineEnds() throws {
        func lines(_ text: String) -> [String] { YAMLSource(file: "a.yaml", bytes: Array(text.utf8)).lines }
        #expect(lines("a: 1\r\nb: 2\rc: 3\nd") == ["a: 1", "b: 2", "c: 3", "d"])
        #expect(lines("a\n\r\n\r\r\n") == ["a", "", "", "", ""])
        #expect(lines("") == [""])
        #expect(try parse("a: 1\r\nb: 2\rc: 3\n")["c"]?.mark == YAMLMark(line: 3, column: 4))
    }
}

extension YAMLNode {
    var mapping: [Pair]? {
        guard case .mapping(let pairs) = content else { return nil }
        return pairs
    }
}
