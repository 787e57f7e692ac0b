import ArgumentParser
import Foundation
import Model

/// As of when to judge.
struct MomentOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The instant to judge at, such as 2026-11-23T10:00:00Z. Default: SOURCE_DATE_EPOCH, else now.",
            valueName: "time"))
    var asOf: Instant?

    /// The instant given, that of `SOURCE_DATE_EPOCH`, or now: the only place where the clock is read to judge.
    func instant(_ environment: [String: String]) throws -> Instant {
        if let asOf { return asOf }
        guard let epoch = environment["SOURCE_DATE_EPOCH"] else { return Instant(Date()) }
        guard let seconds = Int(epoch), seconds >= 0 else {
            throw ValidationError(
                "SOURCE_DATE_EPOCH is '\(epoch)', which is no number of seconds since 1970.")
        }
        return Instant(seconds: seconds)
    }
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
