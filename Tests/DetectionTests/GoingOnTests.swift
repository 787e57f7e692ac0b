import Model
import TestSupport
import Testing

@testable import Detection

/// Rules whose matches go on where the one before ended, as the values of a Kubernetes Secret do behind its kind.
@Suite("Rules that go on")
struct GoingOnTests {
    private static let rule = Samples.rule(
        pattern: #"(?:kind: Secret\n|(?!\A)\G\n)[ ]\w+: (\w{8})(?=\n)"#,
        prefilter: #"kind: Secret\n \w+: \w{8}"#, prefix: "")

    @Test("every value is found behind one beginning, however much stands before it")
    func values() throws {
        let text = "kind: Secret\n a: Kq7x2Zp9\n b: Lm4Tn8Vd\n c: Rw5Yb1Hs\nx\n d: Qq7x2Zp9\n"
        for count in [0, 1, 3_000] {
            let before = String(repeating: "n\n", count: count)
            let found = try Samples.scanner([Self.rule]).findings(in: before + text)
            #expect(found.map { ($0.place.offset ?? 0) - before.utf8.count } == [17, 30, 43])
        }
    }

    @Test("none is found where the search starts and no match ended")
    func start() throws {
        let others = String(repeating: "\n z: Aa1Bb2Cc", count: 200)
        // Wherever among these the search for the beginning starts.
        for shift in 0..<13 {
            let before = others + "\n" + String(repeating: "x", count: shift) + "\n"
            let found = try Samples.scanner([Self.rule]).findings(in: before + "kind: Secret\n a: Kq7x2Zp9\n")
            #expect(found.map { ($0.place.offset ?? 0) - before.utf8.count } == [17])
        }
    }
}
