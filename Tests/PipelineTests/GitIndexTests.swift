import TestSupport
import Testing

@testable import Pipeline

struct GitIndexTests {
    /// A repository with these files added, by git itself; nil where there is no git.
    private func index(_ names: [String], version: Int, format: String = "sha1") throws -> [UInt8]? {
        guard let git = ProgramRunner(tool: "git") else { return nil }
        let scratch = try ScratchFolder()
        for name in names { try scratch.write(name, to: name) }
        let start = try git.run(["init", "-q", "--object-format=\(format)"], workingFolder: scratch.path)
        guard start.status == 0 else { return nil }
        let add = try git.run(["-c", "index.version=\(version)", "add", "."], workingFolder: scratch.path)
        #expect(add.status == 0, "\(add.errorText)")
        let update = try git.run(
            ["update-index", "--index-version", "\(version)"], workingFolder: scratch.path)
        #expect(update.status == 0, "\(update.errorText)")
        return try scratch.read(".git/index")
    }

    private static let names = [
        "a", "app/config.yml", "app/config.yaml", "b/deep/er/file", "b/deep/er/file2", "name with blank", "ä",
    ]

    @Test("the names in an index that git wrote are read, in each version", arguments: [2, 3, 4])
    func versions(_ version: Int) throws {
        guard let bytes = try index(Self.names, version: version) else { return }
        let read = try #require(GitIndex(bytes, hashLength: 20))
        #expect(read.paths == Set(Self.names.map { Array($0.utf8) }))
    }

    @Test("so are those of a repository with longer object names")
    func sha256() throws {
        guard let bytes = try index(Self.names, version: 2, format: "sha256") else { return }
        #expect(GitIndex(bytes, hashLength: 32)?.paths.count == Self.names.count)
    }

    @Test("an index that is cut or changed is refused or read, and crashes nothing")
    func broken() throws {
        guard let bytes = try index(Self.names, version: 4) else { return }
        for count in 0..<min(bytes.count, 400) { _ = GitIndex(Array(bytes.prefix(count)), hashLength: 20) }
        var random = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            var damaged = bytes
            damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(
                in: 0...255, using: &random)
            _ = GitIndex(damaged, hashLength: 20)
        }
        #expect(GitIndex([], hashLength: 20) == nil)
    }
}
