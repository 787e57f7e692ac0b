import Testing
import YAMLDocuments

@Suite struct YAMLLimitsTests {
    private func code(_ text: String, limits: YAMLLimits = .default) -> YAMLError.Code? {
        do throws(YAMLError) {
            _ = try YAMLDocument.parse(Array(text.utf8), file: "a.yaml", limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        "a hundred thousand levels are refused without a stack to match",
        arguments: [("[", ""), ("{a: ", ""), ("[", "]"), ("- ", "x"), ("? ", "x")])
    func deep(open: String, close: String) {
        let text = String(repeating: open, count: 100_000) + String(repeating: close, count: 100_000)
        #expect([.tooDeep, .keyNotText].contains(code(text)))
    }

    @Test("exactly as many levels as allowed are read", arguments: [1, 63, 64])
    func allowedDepth(depth: Int) {
        let text = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(code(text(depth), limits: YAMLLimits(depth: depth)) == nil)
        #expect(code(text(depth + 1), limits: YAMLLimits(depth: depth)) == .tooDeep)
    }

    @Test("an alias bomb ends at its first anchor")
    func bomb() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...30 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(code(text) == .anchor)
    }

    @Test("values and keys are counted")
    func nodes() {
        let list = "[" + Array(repeating: "x", count: 9).joined(separator: ",") + "]"
        #expect(code(list, limits: YAMLLimits(nodes: 10)) == nil)
        #expect(code(list, limits: YAMLLimits(nodes: 9)) == .tooManyNodes)
        #expect(code("{a: 1, b: 2}", limits: YAMLLimits(nodes: 5)) == nil)
        #expect(code("{a: 1, b: 2}", limits: YAMLLimits(nodes: 4)) == .tooManyNodes)
        #expect(code(String(repeating: "- x\n", count: 50_000)) == .tooManyNodes)
    }

    @Test("bytes are counted, and no caller can ask for more than 4 MiB")
    func bytes() {
        #expect(code("a: 1", limits: YAMLLimits(bytes: 4)) == nil)
        #expect(code("a: 10", limits: YAMLLimits(bytes: 4)) == .tooLarge)
        let large = "a: \"" + String(repeating: "x", count: 5 << 20) + "\"\n"
        #expect(code(large) == .tooLarge)
        #expect(code(large, limits: YAMLLimits(bytes: 10 << 20)) == .tooLarge)
        #expect(
            code("a: \"" + String(repeating: "x", count: 3 << 20) + "\"", limits: YAMLLimits(bytes: 4 << 20))
                == nil)
    }
}
