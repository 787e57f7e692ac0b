import TestSupport
import Testing

/// Debian's Chromium, without a window.
enum Browser {
    private static let program = ProgramRunner(tool: "chromium")
    private static let options = ["--headless", "--no-sandbox", "--disable-gpu"]

    static var isInstalled: Bool { program != nil && ProgramRunner.has("python3") }

    /// Runs it once, with what it logs on standard error.
    static func run(_ arguments: String...) throws -> ProgramRunner.Outcome {
        try #require(program).run(options + ["--enable-logging=stderr", "--v=0"] + arguments)
    }

    /// The lines of `Tests/Oracles/browser.py`, which speaks to it.
    static func drive(_ action: String, _ arguments: String...) throws -> [String] {
        let python = try #require(ProgramRunner(tool: "python3"))
        let oracle = RepositoryRoot.file("Tests/Oracles/browser.py")
        let outcome = try python.run(
            [oracle, try #require(program).executable, action] + arguments, seconds: 600)
        try #require(outcome.status == 0, "\(outcome.errorText)\(outcome.outputText)")
        return outcome.outputText.split(separator: "\n").map(String.init)
    }
}
