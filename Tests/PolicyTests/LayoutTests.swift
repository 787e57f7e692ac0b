import BuiltinPolicies
import Pipeline
import TestSupport
import Testing

struct LayoutTests {
    @Test("the documents that come with the program are laid out as policy fmt does it")
    func shipped() throws {
        let scratch = try ScratchFolder()
        for file in BuiltinPolicies.files where file.path.hasSuffix(".yaml") {
            try scratch.write(file.text, to: "p/" + file.path)
        }
        #expect(try PolicyLayout.differing([scratch.file("p")], writing: false) == [])
    }
}
