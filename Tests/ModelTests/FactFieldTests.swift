import Model
import Testing

@Suite struct FactFieldTests {
    @Test("no subject has two fields of one name", arguments: FactSubject.allCases)
    func unique(subject: FactSubject) {
        let names = FactField.all.filter { $0.subjects.contains(subject) }.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(FactField.named(name, of: subject)?.name == name) }
    }

    @Test("a severity and a confidence have their values in order")
    func values() {
        #expect(
            FactField.named("severity", of: .finding)?.values == [
                "info", "low", "medium", "high", "critical",
            ])
        #expect(FactField.named("confidence", of: .finding)?.values == ["low", "medium", "high"])
        #expect(Severity.allCases.sorted() == Severity.allCases)
        #expect(Confidence.allCases.sorted() == Confidence.allCases)
    }
}
