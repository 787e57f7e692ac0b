import Model
import Testing

@testable import PolicyLoading

@Suite struct TextFormTests {
    @Test("what a form accepts is what its pattern in the schema says")
    func patterns() throws {
        let texts = [
            "a", "a.b", "a-b.c9", "a..b", ".a", "a-", "A", "", " ", "a b", "a/b", "ä", "PR.DS-01",
            "NHI2:2025", "MA-3(6)",
            "-a", "(a)", "Tenet 3", "Tenet ", " T", "https://x", "http://x/y?z", "https://", "https://a b",
            "ftp://x",
            "https://ä", "exa_", "a\u{7f}", "a\n", "-----BEGIN X-----", String(repeating: "x", count: 64),
            String(repeating: "x", count: 65), "漢", "9", "a_b", "e\u{301}", "\r\n",
        ]
        let forms: [TextForm] = [.dottedName, .publishedName, .alias, .link, .publicPrefix]
        for form in forms {
            let pattern = try Regex(form.pattern).matchingSemantics(.unicodeScalar)
            for text in texts {
                let fits = try pattern.wholeMatch(in: text) != nil
                #expect(form.accepts(text) == fits, "\(form.pattern) and \(text.debugDescription)")
            }
        }
    }

    @Test(
        "every key of every document has a meaning, and no mapping has a key twice",
        arguments: DocumentKind.allCases)
    func shapes(kind: DocumentKind) {
        var mappings = 0
        func check(_ shape: ValueShape) {
            switch shape {
            case .mapping(let mapping):
                mappings += 1
                #expect(Set(mapping.keys.map(\.name)).count == mapping.keys.count)
                for key in mapping.keys {
                    #expect(!key.summary.isEmpty)
                    check(key.value)
                }
            case .list(let element, _): check(element)
            case .table(let value): check(value)
            case .text, .flag, .number, .quantity, .choice, .matcher: break
            }
        }
        check(kind.shape)
        #expect(mappings > 1)
    }

    @Test("every operator can test some field, and every field has an operator beside exists")
    func operators() {
        #expect(Set(MatcherOperator.all.map(\.name)).count == MatcherOperator.all.count)
        for field in FactField.all {
            let fitting = MatcherOperator.all.filter { $0.types.contains(field.type) }
            #expect(fitting.count > 1, "\(field.name)")
        }
    }
}
