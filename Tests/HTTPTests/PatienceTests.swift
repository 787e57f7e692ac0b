import Testing

@testable import HTTP

struct PatienceTests {
    @Test("a server that sends byte by byte to keep us is given up like one that sends nothing")
    func drip() {
        var patience = Patience(.seconds(60))
        var received = 0
        var seconds = 0
        repeat {
            received += 500
            seconds += 1
        } while patience.spend(.seconds(1), received: received) && seconds < 3_600
        #expect(seconds == 60)
    }

    @Test("a slow line that gets on is waited for without end")
    func slow() {
        var patience = Patience(.seconds(60))
        let isPatient = (1...3_600).allSatisfy { patience.spend(.seconds(1), received: $0 * 3_000) }
        #expect(isPatient)
    }

    @Test("a limit of less than a second holds as well")
    func short() {
        var patience = Patience(.milliseconds(500))
        let isPatient = [1, 2].map { _ in patience.spend(.milliseconds(400), received: 0) }
        #expect(isPatient == [true, false])
    }
}
