internal import Foundation

/// Runs a program the way a user would, with nothing of the developer's environment.
package struct ProgramRunner: Sendable {
    package struct Outcome: Sendable {
        /// The exit status; 128 + the signal where one ended the program, as shells say it.
        package let status: Int
        package let output: [UInt8]
        package let errors: [UInt8]

        package var outputText: String { String(decoding: output, as: UTF8.self) }
        package var errorText: String { String(decoding: errors, as: UTF8.self) }
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// Where the program is, for tests that hand it to another.
    package let executable: String

    /// The program at this path.
    package init(path: String) { executable = path }

    /// A product of this package, found beside the running tests.
    package init(product: String) throws {
        let candidates = CommandLine.arguments.compactMap { Self.folder(of: $0) }
        // The runner gets the path of the test bundle as an argument; the helper itself lies in the toolchain.
        guard
            let path = candidates.map({ $0 + "/" + product })
                .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
        else { throw Failure(description: "no built product \(product) beside the tests in \(candidates)") }
        self.init(path: path)
    }

    /// A tool found on the search path, or nil where it is not installed.
    package init?(tool: String) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        guard
            let path = folders.map({ "\($0)/\(tool)" })
                .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
        else { return nil }
        self.init(path: path)
    }

    /// Runs the program to its end, or throws after `seconds`.
    ///
    /// The environment is made of `environment` and: C locale, UTC, a home folder of its own, the search path.
    package func run(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
        workingFolder: String? = nil, seconds: Double = 120
    ) throws -> Outcome {
        let scratch = try ScratchFolder()
        let home = try ScratchFolder()
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: workingFolder ?? home.path)
        process.environment = Self.scrubbed(home: home.path).merging(environment) { _, given in given }
        // Files, unlike pipes, take any amount without someone to empty them.
        let input = try scratch.write(input, to: "input")
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
        process.standardOutput = try Self.capture(scratch, "output")
        process.standardError = try Self.capture(scratch, "errors")
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        if ended.wait(timeout: .now() + seconds) == .timedOut {
            _ = kill(process.processIdentifier, SIGKILL)
            ended.wait()
            throw Failure(description: "\(executable) \(arguments) did not end within \(seconds) s")
        }
        let isSignal = process.terminationReason == .uncaughtSignal
        return Outcome(
            status: Int(process.terminationStatus) + (isSignal ? 128 : 0),
            output: try scratch.read("output"), errors: try scratch.read("errors"))
    }

    private static func scrubbed(home: String) -> [String: String] {
        var environment = ["LC_ALL": "C", "TZ": "UTC", "HOME": home, "TMPDIR": home]
        // The rest would change what a program does; these say where the Swift runtime and tools are.
        for name in ["PATH", "LD_LIBRARY_PATH"] {
            environment[name] = ProcessInfo.processInfo.environment[name]
        }
        return environment
    }

    private static func capture(_ scratch: ScratchFolder, _ name: String) throws -> FileHandle {
        try FileHandle(forWritingTo: URL(filePath: try scratch.write([], to: name)))
    }

    private static func folder(of path: String) -> String? {
        guard path.contains("/") else { return nil }
        return URL(filePath: path).deletingLastPathComponent().standardizedFileURL.path
    }
}
