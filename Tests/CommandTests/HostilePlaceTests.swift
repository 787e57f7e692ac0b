import FoundationEssentials
import TestSupport
import Testing

/// Output that cannot be taken: a full disk, a reader that goes away.
struct HostilePlaceTests {
    @Test("a full disk is an error that says so, and nothing is left behind")
    func fullDisk() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        let disk = bench.scratch.file("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        guard
            let mount = ProgramRunner(tool: "mount"), let unmount = ProgramRunner(tool: "umount"),
            try mount.run(["-t", "tmpfs", "-o", "size=64k", "trial", disk]).status == 0
        else { try Test.cancel("needs the right to mount a small file system") }
        defer { _ = try? unmount.run([disk]) }
        let outcome = try bench.audit(image, "--output", disk + "/reports")
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("space"), "\(outcome.errorText)")
        #expect(outcome.errorText.contains(disk))
        #expect(try bench.scratch.names(in: "disk") == [])
    }

    @Test("standard output that cannot be written is an error: 3")
    func fullDevice() throws {
        let bench = try Workbench()
        let outcome = try Self.shell("\(try Self.audit(bench)) --format html -o - > /dev/full", in: bench)
        #expect(outcome.status == 3, "\(outcome.errorText)")
        #expect(outcome.errorText.contains("standard output"))
    }

    @Test("a reader that goes away ends the program without a crash or a wait")
    func closedPipe() throws {
        let bench = try Workbench()
        for format in ["html", "evidence"] {
            let audit = try Self.audit(bench)
            let outcome = try Self.shell(
                "{ \(audit) --format \(format) -o - ; echo $? > status; } | head -c 10", in: bench)
            #expect(outcome.output.count == 10)
            let status = String(decoding: try bench.scratch.read("status"), as: UTF8.self)
            // 141: ended by SIGPIPE, as every tool in a pipeline; 1: all of it went into the pipe before.
            #expect(["141\n", "1\n", "3\n"].contains(status), "\(status) \(outcome.errorText)")
        }
    }

    private static func audit(_ bench: Workbench) throws -> String {
        let program = try ProgramRunner(product: "palimpsest").executable
        return "'\(program)' audit '\(try bench.demo())' --as-of \(Workbench.asOf)"
    }

    private static func shell(_ script: String, in bench: Workbench) throws -> ProgramRunner.Outcome {
        try ProgramRunner(path: "/bin/sh").run(
            ["-c", script], environment: Trial.environment,
            workingFolder: bench.scratch.path)
    }
}
