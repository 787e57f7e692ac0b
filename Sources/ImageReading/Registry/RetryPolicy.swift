internal import Glibc
internal import Model

/// When to ask again, and after how long: the same each time, so that a run can be had again.
struct RetryPolicy: Sendable {
    /// How often to ask in all.
    var attempts = 5
    /// The same where nobody listens: waiting seldom changes that.
    var attemptsToConnect = 3
    var firstDelay: Duration = .seconds(1)
    var longestDelay: Duration = .seconds(60)
    /// How long a server may send next to nothing.
    var patience: Duration = .seconds(60)
    var pause: @Sendable (Duration) -> Void = Self.sleep

    /// How long to wait after the attempt `number`, counted from 0, that a server did not answer.
    func delay(after number: Int) -> Duration { min(firstDelay * (1 << min(number, 10)), longestDelay) }

    /// How long to wait after the attempt `number`, counted from 0; what the server asks for counts, within bounds.
    ///
    /// Nil where it asks for longer than all attempts together would wait.
    ///
    /// A date is counted from the one that the answer bears itself: the server's clock may be wrong, and ours is not read.
    func delay(after number: Int, retryAfter: String?, answered: String?) -> Duration? {
        let asked = retryAfter.flatMap { UInt32($0) ?? Self.seconds(until: $0, from: answered) } ?? 0
        guard .seconds(Int64(asked)) <= longestDelay * attempts else { return nil }
        return min(max(delay(after: number), .seconds(Int64(asked))), longestDelay)
    }

    private static func seconds(until end: String, from start: String?) -> UInt32? {
        guard let end = instant(end), let start = start.flatMap(instant) else { return nil }
        return UInt32(clamping: end.seconds - start.seconds)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A date as HTTP has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func instant(_ text: String) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        return Instant("\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])Z")
    }

    @Sendable private static func sleep(_ time: Duration) {
        let parts = time.components
        var wanted = timespec(tv_sec: Int(parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
        var left = timespec()
        while unsafe nanosleep(&wanted, &left) != 0 && errno == EINTR { wanted = left }
    }
}
