internal import Glibc

/// When to ask again, and after how long: the same each time, so that a run can be had again.
struct RetryPolicy: Sendable {
    /// How often to ask in all.
    var attempts = 5
    /// The same where nobody listens: waiting seldom changes that.
    var attemptsToConnect = 3
    var firstDelay: Duration = .seconds(1)
    var longestDelay: Duration = .seconds(60)
    var pause: @Sendable (Duration) -> Void = Self.sleep

    /// How long to wait after the attempt `number`, counted from 0; what the server asks for counts, within bounds.
    func delay(after number: Int, retryAfter: String? = nil) -> Duration {
        let own = firstDelay * (1 << min(number, 10))
        let asked = retryAfter.flatMap { UInt32($0) }.map { Duration.seconds(Int64($0)) } ?? .zero
        return min(max(own, asked), longestDelay)
    }

    @Sendable private static func sleep(_ time: Duration) {
        let parts = time.components
        var wanted = timespec(tv_sec: Int(parts.seconds), tv_nsec: Int(parts.attoseconds / 1_000_000_000))
        var left = timespec()
        while unsafe nanosleep(&wanted, &left) != 0 && errno == EINTR { wanted = left }
    }
}
