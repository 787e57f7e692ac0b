internal import Foundation

/// A program that runs beside a test and is ended with its last reference.
package final class Service: Sendable {
    private let process: Process
    /// What it wrote to standard output and standard error.
    private let log: String

    /// Starts `tool`, and waits until `isReady` says so; throws where it ends before, or takes too long.
    package init(
        _ tool: String, _ arguments: [String], log: String, environment: [String: String] = [:],
        until isReady: () -> Bool
    ) throws {
        guard let runner = ProgramRunner(tool: tool) else {
            throw ProgramRunner.Failure(description: "\(tool) is not installed")
        }
        let process = Process()
        process.executableURL = URL(filePath: runner.executable)
        process.arguments = arguments
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
            .merging(environment) { _, given in given }
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = try FileHandle(forWritingTo: URL(filePath: log))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = process
        self.log = log
        let deadline = ContinuousClock.now + .seconds(60)
        while !isReady() {
            guard process.isRunning, ContinuousClock.now < deadline else {
                throw ProgramRunner.Failure(description: "\(tool) did not start: \(text)")
            }
            usleep(20_000)
        }
    }

    deinit {
        _ = kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What it wrote so far.
    package var text: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
}
