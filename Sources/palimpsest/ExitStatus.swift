import ArgumentParser
import Model
import Pipeline

/// How a run ends, for whoever called it; 64 is ArgumentParser's own.
enum ExitStatus: Int32, CaseIterable {
    /// The policy is met.
    case met = 0
    /// The policy is not met.
    case notMet = 1
    /// Some of the evidence could not be had, so the verdict is withheld; outranks 1.
    case incomplete = 2
    /// There is no assessment at all: unreadable image, broken policy, unwritable output.
    case failed = 3

    /// The worst of what came out for several images.
    init(_ outcomes: [ImageOutcome]) {
        let statuses = outcomes.map { outcome -> ExitStatus in
            switch outcome.status {
            case .pass, .warn, .waived: .met
            case .fail: .notMet
            case .error, .notAssessed, .notApplicable, .manual: .incomplete
            }
        }
        self = statuses.max { $0.rawValue < $1.rawValue } ?? .failed
    }

    /// As `--help` prints it.
    static let table = """
        Exit status: 0 the policy is met · 1 it is not · 2 incomplete: some of the evidence could not be had, so \
        the verdict is withheld · 3 failed: no assessment at all · 64 wrong usage
        """

    /// Ends the run with this status.
    var code: ExitCode { ExitCode(rawValue) }
}
