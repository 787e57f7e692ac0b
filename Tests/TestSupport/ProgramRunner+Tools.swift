extension ProgramRunner {
    /// Whether a tool is installed, for tests that say in words what they need.
    package static func has(_ tools: String...) -> Bool {
        tools.allSatisfy { ProgramRunner(tool: $0) != nil }
    }

    /// What a tool writes to its standard output; fails where it is absent or does not succeed.
    package static func output(
        of tool: String, _ arguments: [String] = [], input: [UInt8] = [], in folder: String? = nil
    ) throws -> [UInt8] {
        guard let runner = ProgramRunner(tool: tool) else {
            throw Failure(description: "\(tool) is not installed")
        }
        let outcome = try runner.run(arguments, input: input, workingFolder: folder)
        guard outcome.status == 0 else {
            throw Failure(description: "\(tool) \(arguments): \(outcome.status) \(outcome.errorText)")
        }
        return outcome.output
    }
}
