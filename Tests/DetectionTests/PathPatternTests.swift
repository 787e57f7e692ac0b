@testable import Detection
import Model
import TestSupport
import Testing

@Suite struct PathPatternTests {
    @Test(
        "a path pattern fits what the glob fits, whatever both are", arguments: 1...8 as ClosedRange<UInt64>)
    func same(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func text(_ alphabet: [Character], _ longest: Int) -> String {
            String(
                (0..<Int.random(in: 1...longest, using: &random)).compactMap { _ in
                    alphabet.randomElement(using: &random)
                })
        }
        for _ in 0..<1_500 {
            let glob = Glob(text(["/", "a", "b", "*", "*", "?"], 8))
            let pattern = PathPattern(glob)
            let path = text(["/", "a", "b", "a"], 10)
            #expect(
                pattern.matches(Array(path.utf8)) == glob.matches("/" + path), "\(glob.pattern) on /\(path)")
        }
    }

    @Test("an index finds the values of all globs that fit")
    func index() {
        let globs = ["**/.npmrc", "/etc/*", "**/x/**", "/etc/passwd", "**"]
        let index = PathIndex(globs.enumerated().map { (glob: Glob($1), value: $0) })
        func values(_ path: String) -> [Int] {
            var values: [Int] = []
            index.collect(Array(path.utf8), into: &values)
            return values.sorted()
        }
        #expect(values("root/.npmrc") == [0, 4])
        #expect(values(".npmrc") == [0, 4])
        #expect(values("etc/passwd") == [1, 3, 4])
        #expect(values("a/x/b/c") == [2, 4])
        #expect(values("a") == [4])
        #expect(values("") == [])
    }
}
