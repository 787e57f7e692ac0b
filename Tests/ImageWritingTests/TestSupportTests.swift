import TestSupport
import Testing

@Suite("What the tests stand on")
struct TestSupportTests {
    private func golden(_ scratch: ScratchFolder, recording: Bool = false) -> Golden {
        Golden(folder: "goldens", root: scratch.path, isRecording: recording)
    }

    @Test("equal bytes pass; a missing golden fails")
    func goldenCompares() throws {
        let scratch = try ScratchFolder()
        try scratch.write("one\n", to: "goldens/a.txt")
        try golden(scratch).compare("one\n", with: "a.txt")
        let missing = #expect(throws: Golden.Difference.self) {
            try golden(scratch).compare("one\n", with: "b.txt")
        }
        #expect(missing?.description == "no golden goldens/b.txt; RECORD=1 writes it")
    }

    @Test(
        "a difference names the first line that differs",
        arguments: [("one\nthree\n", 2), ("one\ntwo", 3), ("one\ntwo\n\n", 4), ("", 1)])
    func goldenDiffers(text: String, line: Int) throws {
        let scratch = try ScratchFolder()
        try scratch.write("one\ntwo\n", to: "goldens/a.txt")
        let difference = #expect(throws: Golden.Difference.self) {
            try golden(scratch).compare(text, with: "a.txt")
        }
        #expect(difference?.description.contains("first difference in line \(line)\n") == true)
    }

    @Test("recording writes the golden and fails all the same")
    func goldenRecords() throws {
        let scratch = try ScratchFolder()
        #expect(throws: Golden.Difference.self) {
            try golden(scratch, recording: true).compare("new", with: "deep/a.txt")
        }
        #expect(try scratch.read("goldens/deep/a.txt") == Array("new".utf8))
        try golden(scratch).compare("new", with: "deep/a.txt")
    }

    @Test("a golden that nothing compares with fails, and recording removes it")
    func goldenUnused() throws {
        let scratch = try ScratchFolder()
        try scratch.write("", to: "goldens/deep/a.txt")
        try scratch.write("", to: "goldens/old.txt")
        try golden(scratch).requireNoOthers(than: ["deep/a.txt", "old.txt"])
        #expect(throws: Golden.Difference.self) { try golden(scratch).requireNoOthers(than: ["deep/a.txt"]) }
        #expect(throws: Golden.Difference.self) {
            try golden(scratch, recording: true).requireNoOthers(than: ["deep/a.txt"])
        }
        #expect(golden(scratch).files() == ["deep/a.txt"])
    }

    @Test("a program runs with a scrubbed environment in a folder of its own")
    func environment() throws {
        let env = try #require(ProgramRunner(tool: "env"))
        let lines = try env.run([], environment: ["EXTRA": "1"]).outputText.split(separator: "\n")
        let names = Set(lines.compactMap { $0.split(separator: "=").first.map { String($0) } })
        #expect(
            names.subtracting(["LD_LIBRARY_PATH"]) == ["EXTRA", "HOME", "LC_ALL", "PATH", "TMPDIR", "TZ"])
    }

    @Test("output, errors and status come back, a signal as shells count it")
    func outcome() throws {
        let shell = ProgramRunner(path: "/bin/sh")
        let outcome = try shell.run(["-c", "cat; echo oops >&2; exit 7"], input: Array("in".utf8))
        #expect(outcome.outputText == "in")
        #expect(outcome.errorText == "oops\n")
        #expect(outcome.status == 7)
        let killed = try shell.run(["-c", "kill -KILL $$"])
        #expect(killed.status == 137, "\(killed)")
    }

    @Test("a program that does not end is killed")
    func timeLimit() {
        #expect(throws: ProgramRunner.Failure.self) {
            try ProgramRunner(path: "/bin/sleep").run(["600"], seconds: 0.2)
        }
    }

    @Test("a scratch folder is gone with its owner")
    func scratchFolder() throws {
        let path = try { try ScratchFolder().write("text", to: "deep/file") }()
        #expect(throws: (any Error).self) {
            try ProgramRunner(path: "/bin/cat").run([path]).status == 0 ? () : { throw Gone() }()
        }
    }

    private struct Gone: Error {}

    @Test("the repository's root has the package manifest")
    func repositoryRoot() throws {
        let grep = try #require(ProgramRunner(tool: "grep"))
        #expect(try grep.run(["-q", "palimpsest", RepositoryRoot.file("Package.swift")]).status == 0)
    }

    @Test("the same seed gives the same numbers, another seed others")
    func seeded() {
        var first = SeededGenerator(seed: 1)
        var second = SeededGenerator(seed: 1)
        var third = SeededGenerator(seed: 2)
        let bytes = first.bytes(64)
        #expect(second.bytes(64) == bytes)
        #expect(third.bytes(64) != bytes)
    }
}
