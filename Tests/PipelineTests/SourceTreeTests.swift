import Archives
import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

struct SourceTreeTests {
    private static func text(_ seed: UInt64) -> String { "first: line\nKEY=\(Samples.token(seed))\n" }

    private static func image(_ seeds: UInt64...) -> ImageBuilder {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        for seed in seeds { layer.file(StoredName("app/\(seed).env"), text(seed)) }
        image.layer(layer, createdBy: "COPY . /app")
        return image
    }

    @Test("each secret of the image says where in the tree it stands, and the others that they do not")
    func places() async throws {
        let scratch = try ScratchFolder()
        try scratch.write(Self.text(1), to: "src/deep/config.env")
        try scratch.write(Self.text(1), to: "src/again.env")
        let evidence = try await Samples.evidence(of: Self.image(1, 2))
        let tree = try SourceTree.read(scratch.file("src"), detectors: Samples.detectors)
        let noted = try tree.noted(in: evidence, detectors: Samples.detectors)
        #expect(
            noted.findings.map(\.inSource) == [
                [
                    SourcePlace(path: "again.env", line: 2, state: .unversioned),
                    SourcePlace(path: "deep/config.env", line: 2, state: .unversioned),
                ], [],
            ])
        #expect(noted.findings.map(\.originReason) == evidence.findings.map(\.originReason))
        let receipt = try #require(noted.receipts.first { $0.detector == "palimpsest.source" })
        #expect(receipt.outcome == .completed && receipt.provides == [.source])
        #expect(receipt.target == noted.image.digest)
    }

    @Test("what git tracks is told from what it does not, and nothing of git is run")
    func states() throws {
        guard let git = ProgramRunner(tool: "git") else { return }
        let scratch = try ScratchFolder()
        _ = try git.run(["init", "-q"], workingFolder: scratch.path)
        try scratch.write(Self.text(1), to: "tracked.env")
        try scratch.write("*.local\n", to: ".gitignore")
        _ = try git.run(["add", "."], workingFolder: scratch.path)
        try scratch.write(Self.text(2), to: "ignored.local")
        try scratch.write(Self.text(3), to: "new.env")
        let tree = try SourceTree.read(scratch.path, detectors: Samples.detectors)
        let places = tree.places.values.joined().filter { !$0.path.hasPrefix(".git/") }
        #expect(
            Set(places) == [
                SourcePlace(path: "tracked.env", line: 2, state: .tracked),
                SourcePlace(path: "ignored.local", line: 2, state: .untracked),
                SourcePlace(path: "new.env", line: 2, state: .untracked),
            ])
    }

    @Test("a linked work tree, and a folder in one, have the history and the index of their repository")
    func partsOfRepositories() throws {
        guard let git = ProgramRunner(tool: "git") else { return }
        let scratch = try ScratchFolder()
        let main = scratch.file("main")
        func run(_ arguments: String...) throws {
            _ = try git.run(["-c", "user.name=a", "-c", "user.email=a@b"] + arguments, workingFolder: main)
        }
        try scratch.write(Self.text(1), to: "main/gone.env")
        try scratch.write(Self.text(2), to: "main/sub/tracked.env")
        try run("init", "-q")
        try run("add", ".")
        try run("commit", "-qm", "1")
        try run("rm", "-q", "gone.env")
        try run("commit", "-qm", "2")
        try run("worktree", "add", "-q", "../linked", "HEAD")
        try scratch.write(Self.text(3), to: "main/sub/new.env")
        for (folder, tracked) in [
            ("main/sub", "tracked.env"), ("linked", "sub/tracked.env"), ("linked/sub", "tracked.env"),
        ] {
            let tree = try SourceTree.read(scratch.file(folder), detectors: Samples.detectors)
            #expect(tree.shortfalls.isEmpty)
            let places = tree.places.values.joined()
            #expect(places.contains(SourcePlace(path: tracked, line: 2, state: .tracked)), "\(folder)")
            #expect(places.allSatisfy { ($0.state == .history) == $0.path.contains("/.git/objects/") })
            let isNewTracked = places.first { $0.path == "new.env" }?.state
            #expect(isNewTracked == (folder == "main/sub" ? .untracked : nil))
            // The second secret is in the history too, the first nowhere else.
            #expect(Set(tree.places.values.filter { $0.contains { $0.state == .history } }).count == 2)
        }
    }

    @Test("links are not followed, in the tree or out of it, and archives are opened")
    func links() throws {
        let scratch = try ScratchFolder()
        try scratch.write(Self.text(1), to: "outside/secret.env")
        try scratch.write("x", to: "src/x")
        try scratch.link("src/file", to: "../outside/secret.env")
        try scratch.link("src/folder", to: "../outside")
        try scratch.link("src/self", to: ".")
        try scratch.write(
            try Samples.archive(.zip, (name: "in.env", content: Array(Self.text(2).utf8))), to: "src/app.zip")
        let tree = try SourceTree.read(scratch.file("src"), detectors: Samples.detectors)
        #expect(
            Array(tree.places.values) == [
                [
                    SourcePlace(path: "app.zip", within: ["in.env"], line: 2, state: .unversioned)
                ]
            ])
        #expect(tree.files == 2)
    }

    @Test("a tree that is not there, or is a file, is an error", arguments: ["none", "file"])
    func missing(_ name: String) throws {
        let scratch = try ScratchFolder()
        try scratch.write("x", to: "file")
        let error = #expect(throws: AuditError.self) {
            try SourceTree.read(scratch.file(name), detectors: Samples.detectors)
        }
        #expect(error?.code == .unreadableSource)
    }

    @Test("of an empty tree nothing is said, and nothing counts as looked at")
    func empty() async throws {
        let scratch = try ScratchFolder()
        try FileManager.default.createDirectory(
            atPath: scratch.file("src/empty"), withIntermediateDirectories: true)
        let tree = try SourceTree.read(scratch.file("src"), detectors: Samples.detectors)
        let noted = try tree.noted(
            in: try await Samples.evidence(of: Self.image(1)), detectors: Samples.detectors)
        #expect(noted.findings.map(\.inSource) == [nil])
        let receipt = try #require(noted.receipts.first { $0.detector == "palimpsest.source" })
        #expect(receipt.outcome == .incomplete)
    }

    @Test("of a secret that stands everywhere so many places are told, and how many are not")
    func many() async throws {
        let scratch = try ScratchFolder()
        for index in 0..<103 { try scratch.write(Self.text(1), to: "src/\(1000 + index).env") }
        let tree = try SourceTree.read(scratch.file("src"), detectors: Samples.detectors)
        let noted = try tree.noted(
            in: try await Samples.evidence(of: Self.image(1)), detectors: Samples.detectors)
        #expect(noted.findings[0].inSource?.map(\.path) == (1000..<1100).map { "\($0).env" })
        let receipt = try #require(noted.receipts.first { $0.detector == "palimpsest.source" })
        #expect(receipt.notes?.contains { $0.hasPrefix("not listed: 3 places") } == true)
    }

    @Test("one file of one byte is told as one of each")
    func one() async throws {
        let scratch = try ScratchFolder()
        try scratch.write("x", to: "src/x")
        let tree = try SourceTree.read(scratch.file("src"), detectors: Samples.detectors)
        let noted = try tree.noted(
            in: try await Samples.evidence(of: Self.image(1)), detectors: Samples.detectors)
        let receipt = try #require(noted.receipts.first { $0.detector == "palimpsest.source" })
        #expect(receipt.notes?.contains { $0.hasPrefix("1 file and 1 byte of ") } == true)
    }

    @Test("what could not be looked at leaves the receipt incomplete and is named in it")
    func shortfall() async throws {
        let scratch = try ScratchFolder()
        try scratch.write("broken", to: "src/.git/index")
        try scratch.write("x", to: "src/x")
        let tree = try SourceTree.read(scratch.file("src"), detectors: Samples.detectors)
        let evidence = try await Samples.evidence(of: Self.image(1))
        let receipt = try #require(
            try tree.noted(in: evidence, detectors: Samples.detectors).receipts
                .first { $0.detector == "palimpsest.source" })
        #expect(receipt.outcome == .incomplete)
        #expect(receipt.reason == "1 part of it could not be looked at")
        #expect(receipt.notes?.contains { $0.contains("git's index is not to be read") } == true)
    }
}
