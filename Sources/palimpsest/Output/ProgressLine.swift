import Foundation
import Pipeline
import Synchronization

/// Says on standard error how far the audit is: one line drawn anew on a terminal, one line a layer in a log.
///
/// The clock that it reads decides what is shown, and nothing else.
final class ProgressLine: Sendable {
    private enum Place {
        case nowhere, terminal, log
    }

    private struct State {
        var tally = ProgressTally()
        var opened = ContinuousClock.now
        var drawn: ContinuousClock.Instant?
    }

    /// A person sees no more than ten changes a second, and a slow terminal holds up the audit with each.
    private static let pause = Duration.milliseconds(100)

    private let state = Mutex(State())
    private let place: Place

    init(quiet: Bool) {
        place = quiet ? .nowhere : Console.isTerminal(.standardError) ? .terminal : .log
        if place == .terminal { Terminal.eraseLineOnInterrupt() }
    }

    /// Takes in what happened and shows it.
    func report(_ progress: AuditProgress) {
        guard place != .nowhere else { return }
        state.withLock { state in
            let entry = state.tally.take(progress)
            if place == .log {
                if let entry { Console.note(entry + "\n") }
                return
            }
            let now = ContinuousClock.now
            if case .opened = progress { state.opened = now }
            if let drawn = state.drawn, now - drawn < Self.pause { return }
            state.drawn = now
            let line = state.tally.line(
                columns: Terminal.columns(), seconds: (now - state.opened) / Duration.seconds(1))
            Console.note(Terminal.erasure + line)
        }
    }

    /// Erases the line, so that what comes next has the terminal to itself.
    func end() {
        state.withLock { state in
            if state.drawn != nil { Console.note(Terminal.erasure) }
            state.drawn = nil
        }
    }
}
