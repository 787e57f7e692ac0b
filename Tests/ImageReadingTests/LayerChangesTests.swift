import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite("the fate of a path")
struct LayerChangesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let upper: [[String]]
        let path: String
        let persistence: Persistence
        let removedBy: Int?
        var testDescription: String { "\(path) under \(upper)" }

        init(_ upper: [[String]], _ path: String, _ persistence: Persistence, by removedBy: Int? = nil) {
            self.upper = upper
            self.path = path
            self.persistence = persistence
            self.removedBy = removedBy
        }
    }

    static let base = ["a/", "a/b/", "a/b/key", "a/b/alias => a/b/key", "c", "d => c", "wh"]

    @Test(
        "follows from what the layers above write and remove",
        arguments: [
            Case([], "c", .present),
            Case([["x"]], "wh", .present),
            Case([["wh.wh"]], "wh", .present),
            Case([[".wh.wh"]], "wh", .deleted, by: 1),
            Case([["x"], [".wh.wh"], ["wh"]], "wh", .deleted, by: 2),
            Case([["wh"]], "wh", .overwritten, by: 1),
            Case([["./wh"]], "wh", .overwritten, by: 1),
            Case([["wh/"]], "wh", .overwritten, by: 1),
            Case([["wh/", "wh/.wh..wh..opq"]], "wh", .overwritten, by: 1),
            Case([[".wh.wh", "wh"]], "wh", .overwritten, by: 1),
            Case([["wh", ".wh.wh"]], "wh", .overwritten, by: 1),
            // Another name of the same file keeps it.
            Case([[".wh.c"]], "c", .present),
            Case([[".wh.d"]], "c", .present),
            Case([[".wh.c", ".wh.d"]], "c", .deleted, by: 1),
            Case([[".wh.c"], [".wh.d"]], "c", .deleted, by: 1),
            Case([["c"], [".wh.d"]], "c", .overwritten, by: 1),
            Case([["d"], [".wh.c"]], "c", .deleted, by: 2),
            // An upper layer gives the file a name of its own before the first is gone.
            Case([["e => wh"], [".wh.wh"]], "wh", .present),
            Case([["e => wh"], [".wh.wh"], [".wh.e"]], "wh", .deleted, by: 2),
            // Also in the layer that removes the first.
            Case([["e => wh", ".wh.wh"]], "wh", .present),
            Case([["e => wh", ".wh.wh"], [".wh.e"]], "wh", .deleted, by: 1),
            Case([["wh", "e => wh"]], "wh", .overwritten, by: 1),
            Case([[".wh.a", "e => a/b/key"]], "a/b/key", .present),
            // Folders above.
            Case([["a/.wh.b"]], "a/b/key", .deleted, by: 1),
            Case([[".wh.a"]], "a/b/key", .deleted, by: 1),
            Case([["a/.wh..wh..opq"]], "a/b/key", .deleted, by: 1),
            Case([["a/b/.wh..wh..opq"]], "a/b/key", .deleted, by: 1),
            Case([[".wh..wh..opq"]], "a/b/key", .deleted, by: 1),
            Case([["a/b"]], "a/b/key", .deleted, by: 1),
            Case([["a"]], "a/b/key", .deleted, by: 1),
            Case([["a/"]], "a/b/key", .present),
            Case([["a/b/c/.wh..wh..opq"]], "a/b/key", .present),
            Case([[".wh.a", "a/", "a/b/", "a/b/key", "a/b/alias"]], "a/b/key", .overwritten, by: 1),
            Case([["a/b/.wh.key"]], "a/b/key", .present),
            Case([["a/b/.wh.ke"], ["a/b/.wh.keys"]], "a/b/key", .present),
            // AUFS's own files remove nothing.
            Case([[".wh..wh.plnk", ".wh."]], "wh", .present),
        ])
    func fate(test: Case) throws {
        let changes = ([Self.base] + test.upper).map(changes)
        let fate = Self.fate(of: EntryPath(test.path), in: 0, changes: changes)
        #expect(fate.persistence == test.persistence)
        #expect(fate.removedBy == test.removedBy)
    }

    @Test("an index that no layer has, and links in a circle, harm nobody")
    func hostile() {
        let looped = changes(["x => y", "y => x", "z => z"])
        #expect(Self.fate(of: EntryPath("x"), in: 9, changes: [looped]).persistence == .present)
        let gone = changes([".wh.x", ".wh.y", ".wh.z"])
        #expect(Self.fate(of: EntryPath("x"), in: 0, changes: [looped, gone]).removedBy == 1)
        #expect(Self.fate(of: EntryPath("z"), in: 0, changes: [looped, gone]).removedBy == 1)
    }

    @Test("of a file with more names than are followed, or of longer ones, one is taken to be left")
    func manyNames() {
        let deep = String(repeating: "a/", count: 3_000)
        for (count, folder) in [(10, ""), (1_500, ""), (40, deep)] {
            let base = changes(["x"] + (0..<count).map { "\(folder)n\($0) => x" })
            let gone = changes([".wh.x"] + (0..<count).map { "\(folder).wh.n\($0)" })
            let fate = Self.fate(of: EntryPath("x"), in: 0, changes: [base, gone])
            #expect(fate.persistence == (count == 10 ? .deleted : .present))
        }
    }

    @Test(
        "a path deeper than usual has the fate of any other, under layers with much in them and with nothing")
    func deep() {
        let folder = String(repeating: "a/", count: 40)
        let others = (0..<200).map { "b\($0)" }
        for more in [[], others] {
            for (upper, persistence) in [
                ([], Persistence.present), ([".wh.a"], .deleted), (["a/a/a"], .deleted),
                (["a/a/.wh..wh..opq"], .deleted), ([".wh..wh..opq"], .deleted), (["a/a/"], .present),
                ([folder + "x"], .overwritten), ([folder + ".wh.x"], .deleted),
                ([folder + "x/"], .overwritten),
            ] {
                let layers = [[folder + "x"], [], upper + more, []].map(changes)
                let fate = Self.fate(of: EntryPath(folder + "x"), in: 0, changes: layers)
                #expect(fate.persistence == persistence, "\(upper)")
                #expect(fate.removedBy == (persistence == .present ? nil : 2), "\(upper)")
            }
        }
    }

    @Test("where layers branch, what one way up leaves alone is present, and what all remove is not")
    func branches() {
        let base = changes(["a", "b", "c", "d => c"])
        let all = [base, changes([".wh.a", ".wh.b"]), changes(["b"]), changes([".wh.a", ".wh.c", ".wh.d"])]
        let tree = LayerStack(LayerTree(parents: [nil, 0, 0, 2]), all)
        func fate(_ path: String) -> (persistence: Persistence, removedBy: Int?) {
            tree.fate(of: EntryPath(path), in: 0)
        }
        #expect(fate("a").persistence == .deleted && fate("a").removedBy == 1)
        #expect(fate("b").persistence == .deleted && fate("b").removedBy == 1)
        #expect(fate("c").persistence == .present && fate("d").persistence == .present)
        #expect(tree.fate(of: EntryPath("b"), in: 2).persistence == .present)
        func fate(ofName path: String) -> (persistence: Persistence, removedBy: Int?) {
            tree.fate(ofName: EntryPath(path), in: 0)
        }
        #expect(fate(ofName: "a").persistence == .deleted && fate(ofName: "a").removedBy == 1)
        #expect(fate(ofName: "b").persistence == .present && fate(ofName: "c").persistence == .present)
        let apart = LayerStack(LayerTree(parents: [nil, nil, 1, 2]), all)
        #expect(apart.fate(of: EntryPath("a"), in: 0).persistence == .present)
    }

    private static func fate(of path: EntryPath, in index: Int, changes: [LayerChanges]) -> (
        persistence: Persistence, removedBy: Int?
    ) {
        LayerStack(LayerTree(stackOf: changes.count), changes).fate(of: path, in: index)
    }

    @Test(
        "a hard link names its target by way of the layer's own links to folders",
        arguments: [
            ["usr/bin/k", "bin -> usr/bin", "l => bin/k"],
            ["usr/bin/k", "bin -> /usr/./bin", "l => ./bin/k"],
            ["usr/bin/k", "opt/a -> ../usr", "b -> opt/a/bin", "l => b/k"],
        ])
    func linkedFolders(base: [String]) {
        let upper = ["usr/bin/.wh.k"]
        #expect(
            Self.fate(of: EntryPath("usr/bin/k"), in: 0, changes: [base, upper].map(changes)).persistence
                == .present)
        let gone = ["bin -> elsewhere", "b -> elsewhere"] + base.filter { !$0.contains(" -> ") }
        #expect(
            Self.fate(of: EntryPath("usr/bin/k"), in: 0, changes: [gone, upper].map(changes)).persistence
                == .deleted)
        let circle = ["bin -> b", "b -> bin"] + base.filter { !$0.contains(" -> ") }
        #expect(
            Self.fate(of: EntryPath("usr/bin/k"), in: 0, changes: [circle, upper].map(changes)).persistence
                == .deleted)
    }

    @Test("a hard link to a longer path than any is not followed through links, and that is told")
    func longTargets() {
        let long = String(repeating: "a/", count: 20_000) + "f"
        #expect(changes(["d -> e", "f", "h => \(long)"]).isIncomplete)
        #expect(changes(["d -> \(String(repeating: "a/", count: 8_000))x", "f", "h => d/f"]).isIncomplete)
        #expect(!changes(["d -> e", "f", "h => \(long.suffix(4_001))"]).isIncomplete)
    }

    @Test("a link that was replaced by a folder is followed no more")
    func replacedLink() {
        let base = ["bin -> elsewhere", "bin/", "usr/bin/k", "bin/k", "l => bin/k"]
        let fate = Self.fate(of: EntryPath("bin/k"), in: 0, changes: [changes(base), changes(["bin/.wh.k"])])
        #expect(fate.persistence == .present)
    }

    private func changes(_ names: [String]) -> LayerChanges {
        var changes = LayerChanges()
        for name in names {
            let parts = name.split(separator: " => ").map(String.init)
            let links = name.split(separator: " -> ").map(String.init)
            if links.count > 1 {
                changes.record(
                    FileEntry(
                        path: EntryPath(links[0]), kind: .symbolicLink(target: Array(links[1].utf8)), size: 0,
                        mode: 0o777, owner: 0, group: 0))
                continue
            }
            let kind: FileEntry.Kind =
                parts.count > 1
                ? .hardLink(target: EntryPath(parts[1])) : name.hasSuffix("/") ? .folder : .file
            changes.record(
                FileEntry(
                    path: EntryPath(parts[0]), kind: kind, size: 0, mode: 0o644, owner: 0, group: 0))
        }
        changes.seal()
        return changes
    }
}
