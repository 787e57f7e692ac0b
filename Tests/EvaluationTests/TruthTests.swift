import Model
import Testing

@testable import Evaluation

@Suite("What a matcher says of a subject")
struct TruthTests {
    private static let bits = FactField.named("keyBits", of: .inventory)
    private let weak = Matcher.not(Sample.test(.inventory, "keyBits", .atLeast(.number(2048))))
    private let isRSA = Sample.test(.inventory, "algorithm", .equals(.text("RSA")))

    private func truth(_ matcher: Matcher, _ attributes: [String: AttributeValue]) -> Truth {
        matcher.truth(of: Sample.item("1", attributes: attributes), asOf: Sample.now)
    }

    @Test("a field that is not there is unknown, and so is its negation")
    func absent() throws {
        let bits = try #require(Self.bits)
        #expect(truth(weak, [:]) == .unknown(bits))
        #expect(truth(.not(weak), [:]) == .unknown(bits))
        #expect(truth(weak, ["keyBits": .number(1024)]) == .yes)
        #expect(truth(weak, ["keyBits": .number(2048)]) == .no)
    }

    @Test("an attribute of the wrong type is unknown, not unequal")
    func mistyped() throws {
        let bits = try #require(Self.bits)
        #expect(truth(weak, ["keyBits": .text("1024")]) == .unknown(bits))
    }

    @Test("unknown decides nothing that another operand decides")
    func kleene() throws {
        let bits = try #require(Self.bits)
        #expect(truth(.all([weak, isRSA]), ["algorithm": .text("EC")]) == .no)
        #expect(truth(.all([weak, isRSA]), ["algorithm": .text("RSA")]) == .unknown(bits))
        #expect(truth(.any([weak, isRSA]), ["algorithm": .text("RSA")]) == .yes)
        #expect(truth(.any([weak, isRSA]), ["algorithm": .text("EC")]) == .unknown(bits))
        #expect(truth(.all([]), [:]) == .yes)
        #expect(truth(.any([]), [:]) == .no)
    }

    @Test("text is equal where its bytes are, not where it looks alike")
    func spelling() {
        let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
        let equals = Sample.test(.inventory, "algorithm", .equals(.text(composed)))
        let isIn = Sample.test(.inventory, "algorithm", .isIn([.text(composed)]))
        #expect(truth(equals, ["algorithm": .text(composed)]) == .yes)
        #expect(truth(equals, ["algorithm": .text(decomposed)]) == .no)
        #expect(truth(isIn, ["algorithm": .text(decomposed)]) == .no)
    }

    @Test("exists is the guard against missing data")
    func exists() {
        let guarded = Matcher.all([Sample.test(.inventory, "keyBits", .exists(true)), weak])
        #expect(truth(guarded, [:]) == .no)
        #expect(truth(guarded, ["keyBits": .number(512)]) == .yes)
        #expect(truth(Sample.test(.inventory, "keyBits", .exists(false)), [:]) == .yes)
    }

    @Test("a pattern that takes too many steps says nothing of a text")
    func exhausted() throws {
        func matching(_ answer: Bool?) -> Matcher {
            Sample.test(.inventory, "algorithm", .matches(TextPattern("RSA") { _ in answer }))
        }
        let field = try #require(FactField.named("algorithm", of: .inventory))
        let rsa: [String: AttributeValue] = ["algorithm": .text("RSA")]
        #expect(truth(matching(true), rsa) == .yes)
        #expect(truth(.not(matching(false)), rsa) == .yes)
        #expect(truth(matching(nil), rsa) == .unknown(field))
        #expect(truth(.not(matching(nil)), rsa) == .unknown(field))
        #expect(truth(matching(true), [:]) == .unknown(field))
    }

    @Test("what lies in the metadata is known to have no path")
    func structuralFields() {
        let inHome = Sample.test(.finding, "path", .glob(Glob("/home/**")))
        let finding = Sample.finding("1", at: Location(config: "Env/TOKEN"))
        #expect(inHome.truth(of: finding, asOf: Sample.now) == .no)
        #expect(Matcher.not(inHome).truth(of: finding, asOf: Sample.now) == .yes)
    }

    @Test(
        "an instant is older than some days only once they have gone by",
        arguments: [
            (0, -1, Truth.yes), (0, 0, .no), (0, 1, .no), (30, -30 * 86_400, .no),
            (30, -30 * 86_400 - 1, .yes),
            (-30, 30 * 86_400 - 1, .yes), (-30, 30 * 86_400, .no),
        ])
    func olderThan(days: Int, offset: Int, wanted: Truth) {
        let end = AttributeValue.instant(Instant(seconds: Sample.now.seconds + offset))
        #expect(
            truth(Sample.test(.inventory, "notAfter", .olderThan(days: days)), ["notAfter": end]) == wanted)
    }

    @Test("severities compare by rank, not by spelling")
    func severity() {
        let finding = Sample.finding("1")
        func atLeast(_ severity: Severity) -> Truth {
            Sample.test(.finding, "severity", .atLeast(.text(severity.rawValue))).truth(
                of: finding, asOf: Sample.now)
        }
        #expect(atLeast(.medium) == .yes)
        #expect(atLeast(.high) == .yes)
        #expect(atLeast(.critical) == .no)
    }

    @Test("a text that reads as an instant is still a text")
    func instantAsText() {
        let subject = AttributeValue.instant(Instant(seconds: 0))
        let matcher = Sample.test(.inventory, "subject", .equals(.text("1970-01-01T00:00:00Z")))
        #expect(truth(matcher, ["subject": subject]) == .yes)
    }
}
