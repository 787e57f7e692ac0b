import ArgumentParser
import Foundation
import Model
import Pipeline

/// `palimpsest run --tool NAME -- COMMAND...`: runs another tool and keeps a receipt of that.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs another tool, keeps what it writes, and a receipt of the run beside it.",
        discussion: """
            The receipt holds the tool's exit status, when it ran, and the hash of what it wrote. It is taken in with \
            the results: palimpsest audit IMAGE --results FILE.

            Examples:
              palimpsest run --tool trivy -o trivy.json -- trivy image -f json app:1.2
              palimpsest run --tool grype -o grype.json -- grype app:1.2 -o json

            Exit status: the tool's own · 3 it could not be run, or what it wrote could not be kept
            """)

    @Option(name: .long, help: ArgumentHelp("What the tool is called.", valueName: "name"))
    var tool: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "File for what it writes to standard output; the receipt is FILE.run.json.", valueName: "file"))
    var output: String

    @Argument(
        parsing: .postTerminator, help: ArgumentHelp("The command and its arguments.", valueName: "command"))
    var command: [String]

    func validate() throws {
        if command.isEmpty { throw ValidationError("Name the command behind --.") }
        if output == "-" { throw ValidationError("--output takes a file, which the receipt is about.") }
    }

    func run() async throws {
        let status: Int
        do {
            status = try ToolRun.run(command, tool: tool, output: output) { Instant(Date()) }
        } catch {
            Console.complain(error)
            throw ExitStatus.failed.code
        }
        if status != 0 { throw ExitCode(Int32(status)) }
    }
}
