import ArgumentParser
import Pipeline

/// The program: one subcommand a file, exit statuses in ``ExitStatus``, advice in ``Hints``.
@main
struct Palimpsest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "palimpsest",
        abstract: "Reads every layer of a container image and says what it leaked, against which controls.",
        discussion: """
            A container image keeps everything its build ever wrote. Palimpsest reads all of it, holds what it finds \
            against policy written in YAML (OWASP NHI Top 10, NIST CSF 2.0, NIST SP 800-207), and writes reports for \
            people and machines.

            \(ExitStatus.table)
            """,
        version: Product.version,
        subcommands: [
            AuditCommand.self, InspectCommand.self, EvaluateCommand.self, PolicyCommand.self,
            DetectorsCommand.self, ResultsCommand.self, RunCommand.self, WaiveCommand.self,
            VerifyCommand.self, KeygenCommand.self, ExplainCommand.self, ProveCommand.self,
            DiffCommand.self,
        ])
}
