/// How long a server may keep us waiting.
///
/// Only time spent waiting counts: whoever reads slowly is not mistaken for a server that sends slowly. A server that
/// sends byte by byte to keep us is one that sends nothing.
struct Patience {
    private static let leastBytes = 1 << 10

    private let limit: Duration
    private var waited = Duration.zero
    private var receivedBefore = 0

    init(_ limit: Duration) { self.limit = limit }

    /// Counts a wait at whose end `received` bytes had come in all; false when it is enough.
    mutating func spend(_ time: Duration, received: Int) -> Bool {
        waited += time
        if received - receivedBefore >= Self.leastBytes {
            waited = .zero
            receivedBefore = received
        }
        return waited < limit
    }
}
