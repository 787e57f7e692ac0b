import BuiltinPolicies
import Testing
import YAMLDocuments

struct BuiltinTreeTests {
    private static let documents = BuiltinPolicies.files.filter { $0.path.hasSuffix(".yaml") }

    @Test(
        "what a built-in document was read as when it was built in is what it says",
        arguments: documents.map(\.path))
    func sameTree(path: String) throws {
        let file = try #require(Self.documents.first { $0.path == path })
        let tree = try #require(file.tree.flatMap(YAMLNode.init(packed:)))
        #expect(try YAMLDocument.parse(Array(file.text.utf8), file: path).root == tree)
    }
}
