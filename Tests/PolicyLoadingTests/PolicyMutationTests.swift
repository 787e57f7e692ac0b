import Model
import PolicyLoading
import TestSupport
import Testing
import YAMLDocuments

/// Documents that were damaged at random, the same way in every run.
@Suite struct PolicyMutationTests {
    private static let pieces: [[UInt8]] =
        [
            "\n", "  ", "\t", "- ", ": ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!!str ", "<<: ",
            "---\n", "...\n", "#",
            "~", "|", ">", "%", "\u{0}", "\u{1b}", "\u{85}", "\u{2028}", "\u{feff}", "é", "漢", "😀", "yes",
            "012", "? ",
        ].map { Array($0.utf8) } + [[0xff], [0xc0], [0xed, 0xa0]]

    private func damaged(_ text: String, with random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let position = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, position + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(position..<end)
            case 1: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: position)
            case 2:
                bytes.replaceSubrange(position..<end, with: Self.pieces.randomElement(using: &random) ?? [])
            case 3: bytes.insert(contentsOf: bytes[position..<end], at: position)
            case 4: for index in position..<end { bytes[index] = UInt8.random(in: 0...255, using: &random) }
            default: bytes.removeSubrange(position...)
            }
        }
        return bytes
    }

    @Test(
        "a damaged document never traps, and loads or is refused at places that it has",
        arguments: 0..<8 as Range<UInt64>)
    func damage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let sources = [
                PolicySource(path: "f.yaml", bytes: damaged(Documents.framework, with: &random)),
                PolicySource(path: "p.yaml", bytes: damaged(Documents.policy, with: &random)),
                PolicySource(path: "d.yaml", bytes: damaged(Documents.detectors, with: &random)),
            ]
            check(sources)
            for source in sources { check([source]) }
        }
    }

    @Test("a document cut at any byte never traps, and loads or is refused at places that it has")
    func truncation() {
        for text in [Documents.framework, Documents.policy, Documents.detectors] {
            let bytes = Array(text.utf8)
            for length in stride(from: 0, to: bytes.count, by: 7) {
                check([PolicySource(path: "a.yaml", bytes: Array(bytes.prefix(length)))])
            }
        }
    }

    private func check(_ sources: [PolicySource]) {
        do throws(PolicyDiagnostics) {
            _ = try PolicyLoader.load(sources)
        } catch {
            #expect(!error.list.isEmpty)
            #expect(error.list == error.list.sorted())
            for diagnostic in error.list {
                guard let source = sources.first(where: { $0.path == diagnostic.file }) else {
                    Issue.record("no file \(diagnostic.file)")
                    return
                }
                let lines = YAMLSource(file: source.path, bytes: source.bytes).lines
                guard lines.indices.contains(diagnostic.line - 1) else {
                    Issue.record("no line \(diagnostic.line) of \(lines.count)")
                    return
                }
                let line = lines[diagnostic.line - 1]
                #expect((1...line.unicodeScalars.count + 1).contains(diagnostic.column), "\(diagnostic)")
                // What is no document of ours is not quoted.
                let isOurs = lines.contains { $0.contains("apiVersion") || $0.contains("kind:") }
                #expect(diagnostic.sourceLine == (isOurs ? line : ""))
                #expect(!diagnostic.message.isEmpty)
            }
        }
    }

    @Test("hostile documents of every size are refused", arguments: ["[", "{a: ", "- ", "&a [*a, ", "? "])
    func hostile(piece: String) {
        check([Documents.source("a.yaml", "kind: Policy\nrules: " + String(repeating: piece, count: 100_000))]
        )
        check([
            Documents.source(
                "a.yaml", "kind: Policy\nid: " + String(repeating: piece, count: (5 << 20) / piece.utf8.count)
            )
        ])
    }
}
