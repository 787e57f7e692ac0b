import Testing
import YAMLDocuments

struct PackedTreeTests {
    private static let document = """
        a: 1
        "b c": [x, "y", 'z\u{301}', "\\0\\e\\u2028"]
        list:
        - {}
        - []
        - |
          two
          lines
        - \(String(repeating: "long ", count: 300))
        deep: \(String(repeating: "[", count: 40))\(String(repeating: "]", count: 40))
        """

    private static func tree() throws -> YAMLNode {
        try YAMLDocument.parse(Array(document.utf8), file: "a.yaml").root
    }

    @Test("a tree that was packed is the same tree, marks and quotes among it")
    func sameTree() throws {
        let tree = try Self.tree()
        #expect(YAMLNode(packed: tree.packed) == tree)
    }

    @Test("what was cut, or goes on, is no tree")
    func broken() throws {
        let packed = Array(try Self.tree().packed.unicodeScalars)
        for end in packed.indices {
            #expect(YAMLNode(packed: String(String.UnicodeScalarView(packed[..<end]))) == nil)
        }
        #expect(YAMLNode(packed: String(String.UnicodeScalarView(packed)) + "p") == nil)
    }

    @Test("what is none is no tree", arguments: ["", "x", "p11zz", "s11ooooooo", "m11oooooooo", "s112p11"])
    func none(packed: String) { #expect(YAMLNode(packed: packed) == nil) }
}
