import Model
import Testing

struct ConfidenceBasisTests {
    @Test("every basis has words of its own")
    func clauses() {
        let clauses = ConfidenceBasis.allCases.map(\.clause)
        #expect(Set(clauses).count == clauses.count && clauses.allSatisfy { !$0.isEmpty })
    }

    @Test("a reason is all of them in a line, and none where nothing is known")
    func reasons() {
        #expect(ConfidenceBasis.reason([]) == nil)
        #expect(
            ConfidenceBasis.reason([.checksum, .prefix])
                == "its checksum is verified; it begins as its issuer's tokens do")
    }
}
