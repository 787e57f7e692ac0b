/// How long a server may keep us waiting.
///
/// Only time spent waiting counts: whoever reads slowly is not mistaken for a server that sends slowly. A server that
/// sends byte by byte to keep us is one that sends nothing: no line that images come over is slower than a kilobyte a
/// second.
struct Patience {
    private static let leastBytesPerSecond = 1 << 10

    private let limit: Duration
    /// What must come within the limit.
    private let leastBytes: Int
    private var waited = Duration.zero
    private var receivedBefore = 0

    init(_ limit: Duration) {
        self.limit = limit
        leastBytes = max(1, Int(clamping: limit.components.seconds) * Self.leastBytesPerSecond)
    }

    /// Counts a wait at whose end `received` bytes had come in all; false when it is enough.
    mutating func spend(_ time: Duration, received: Int) -> Bool {
        waited += time
        if received - receivedBefore >= leastBytes {
            waited = .zero
            receivedBefore = received
        }
        return waited < limit
    }
}
