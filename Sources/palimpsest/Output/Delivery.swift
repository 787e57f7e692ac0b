import ArgumentParser
import Foundation
import Pipeline

/// Hands the result of a run to whoever called: summary lines, errors, the exit status.
enum Delivery {
    static func deliver(_ result: AuditResult, quiet: Bool) throws {
        do {
            for outcome in result.outcomes {
                if let bytes = outcome.standardOutput {
                    try Console.write(Data(bytes))
                } else if !quiet {
                    try Console.tell(outcome.summary(Console.wantsColour))
                    if result.isOneOfSeveral(outcome) { try Console.say("  platform: \(outcome.platform)") }
                    if let folder = outcome.folder { try Console.say("  reports: \(folder)/") }
                }
            }
            let isSilent = quiet || result.outcomes.contains { $0.standardOutput != nil }
            if !isSilent {
                for line in result.sharedLeaks { try Console.tell(line) }
                if let index = result.index { try Console.say("all images: \(index)") }
                if let bundle = result.bundle { try Console.say("bundle: \(bundle)") }
            }
        } catch {
            Console.complain(error)
            throw ExitStatus.failed.code
        }
        if !quiet { for line in result.outcomes.flatMap(\.warnings) { Console.warn(line) } }
        // Also where all else is quiet: what was not looked at, of which the exit status tells no more than that it is so, and
        // rules and environments that were given and do nothing.
        for line in result.notes + result.outcomes.flatMap(\.shortfalls) { Console.warn(line) }
        for error in result.errors { Console.complain(error) }
        let status = result.errors.isEmpty ? ExitStatus(result.outcomes) : .failed
        if status != .met { throw status.code }
    }
}
