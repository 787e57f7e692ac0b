import Testing

@testable import Pipeline

@Suite("Lines for a terminal")
struct ColumnsTests {
    private static let digest = "sha256:" + String(repeating: "0a", count: 32)

    private func lines(_ line: String) -> [String] { Columns.lines(of: line, within: 80) }

    @Test("stay as they are where they fit")
    func short() {
        let line = "  image   " + String(repeating: "x", count: 70)
        #expect(lines(line) == [line])
        #expect(lines("") == [""])
    }

    @Test("are broken between words, and lose nothing but the blanks there")
    func prose() {
        let words = (1...60).map { "word\($0)" }.joined(separator: " ")
        for margin in ["", "  ", "      "] {
            let broken = lines(margin + words)
            #expect(broken.count > 4 && broken.allSatisfy { $0.count <= 80 })
            #expect(broken.dropFirst().allSatisfy { $0.hasPrefix(margin + "    w") })
            #expect(broken.flatMap { $0.split(separator: " ") } == words.split(separator: " "))
        }
    }

    @Test("go on below what is said behind a label")
    func label() {
        let broken = lines("  signature  " + String(repeating: "some words ", count: 12))
        #expect(broken.count == 2)
        #expect(broken[1].hasPrefix("             some words"))
    }

    @Test("keep a digest whole, as far left as it fits, and a longer path whole too")
    func digest() {
        #expect(
            lines("  layer        0 \(Self.digest)") == ["  layer        0", "         \(Self.digest)"])
        let path = "/" + String(repeating: "folder/", count: 20)
        #expect(lines("  at some place \(path) more") == ["  at some place", "    \(path)", "      more"])
    }

    @Test("are as wide as what is seen of them: colour takes no column")
    func colour() {
        let line = "\u{1b}[1;31mFAIL\u{1b}[0m  " + String(repeating: "x", count: 74)
        #expect(lines(line) == [line])
        #expect(lines(line + "x").count == 2)
    }

    @Test("are a table where that fits, and else each row by itself")
    func table() {
        let rows = [["a", "b", "short"], ["a-long-name", "b", String(repeating: "title ", count: 14)]]
        #expect(Columns.aligned(rows)[0] == "a            b  short")
        #expect(Columns.aligned(rows, within: 200) == Columns.aligned(rows))
        let broken = Columns.aligned(rows, within: 80)
        #expect(broken[0] == "a  b  short")
        #expect(broken[1].hasPrefix("a-long-name  b  title title") && broken[2].hasPrefix("    title"))
        #expect(broken.allSatisfy { $0.count <= 80 })
    }
}
