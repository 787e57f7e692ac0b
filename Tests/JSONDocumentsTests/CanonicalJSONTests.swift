import Foundation
import Testing

@testable import JSONDocuments

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }

    @Test("keys are in the order of their UTF-16 code units, in every object")
    func order() throws {
        let keys = ["\u{fb33}", "\u{1f600}", "\u{20ac}", "\r", "1", "\u{80}", "\u{f6}", "aa", "a", "", "B"]
        let sorted = keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
        let written = try text(["outer": Dictionary(uniqueKeysWithValues: keys.map { ($0, [$0]) })])
        let places = try sorted.map { key in
            try #require(
                written.range(of: try text([key]).dropLast() + (key == sorted.last ? "}" : ",\""))?.lowerBound
            )
        }
        #expect(places == places.sorted())
        #expect(sorted.last == "\u{fb33}", "a character beyond the basic plane comes before U+FB33")
    }

    @Test(
        "only what must be escaped is escaped, in the shortest way",
        arguments: [
            (#"a/b'<>&"#, #""a/b'<>&""#), ("\"\\", #""\"\\""#), ("\u{8}\t\n\u{c}\r", #""\b\t\n\f\r""#),
            ("\0\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""), ("é\u{2028}🔑", "\"é\u{2028}🔑\""), ("", "\"\""),
        ])
    func escapes(value: String, wanted: String) throws {
        #expect(try text(value) == wanted + "\n")
    }

    @Test(
        "fractions are written as ECMAScript writes them",
        arguments: [(7.0, "7"), (9.8, "9.8"), (-0.0, "0"), (-1.5, "-1.5"), (0.001, "0.001")])
    func fractions(value: Double, wanted: String) throws {
        #expect(try text([value]) == "[\(wanted)]\n")
    }

    @Test("what has no canonical form here is refused", arguments: [Double.nan, .infinity, 1e300, 1e-9])
    func refusal(value: Double) {
        #expect(throws: EncodingError.self) { try CanonicalJSON.encode([value]) }
    }

    @Test("a value that writes nothing is refused")
    func nothing() {
        struct Silent: Encodable {
            func encode(to encoder: any Encoder) {}
        }
        #expect(throws: EncodingError.self) { try CanonicalJSON.encode([Silent()]) }
    }

    @Test("portions are the same bytes, whatever their size", arguments: [1, 7, 100, 1 << 20])
    func portions(size: Int) throws {
        let value = ["a": [["y": 1], [:], ["x": 2]]]
        let ordered = Ordered(
            list: [Ordered(list: [], zeta: value), Ordered(list: nil, zeta: [:])], zeta: [:])
        var portions: [[UInt8]] = []
        try CanonicalJSON.encode(ordered, portion: size) { portions.append(Array($0)) }
        #expect(portions.joined().elementsEqual(try CanonicalJSON.encode(ordered)))
        #expect((portions.count > 2) == (size < 100))
    }

    @Test(
        "a portion that cannot be taken ends it, and so do keys that come too late to be put in their place")
    func portionsRefused() throws {
        struct Full: Error {}
        #expect(throws: Full.self) { try CanonicalJSON.encode([1, 2, 3], portion: 1) { _ in throw Full() } }
        #expect(throws: EncodingError.self) { try CanonicalJSON.encode(Late(), portion: 1) { _ in } }
        #expect(
            String(decoding: try CanonicalJSON.encode(Late()), as: UTF8.self) == "{\"a\":1,\"b\":[1,2]}\n")
    }

    @Test("every way in which values write themselves comes out as Foundation's encoder has it")
    func everyWay() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let value = Varied()
        #expect(try text(value) == String(decoding: encoder.encode(value), as: UTF8.self) + "\n")
    }
}

private final class Ordered: Encodable {
    let list: [Ordered]?
    let zeta: [String: [[String: Int]]]

    init(list: [Ordered]?, zeta: [String: [[String: Int]]]) {
        self.list = list
        self.zeta = zeta
    }
}

private struct Late: Encodable {
    let b = [1, 2]
    let a = 1
}

/// Nested and empty objects and lists, unsorted keys, all kinds of numbers, absent values, a class that inherits.
private struct Varied: Encodable {
    enum Choice: Encodable {
        case plain
        case labelled(zeta: Int, alpha: String)
        case unlabelled(Bool, UInt8)
    }

    class Base: Encodable { let base = "below" }

    final class Derived: Base {
        private enum CodingKeys: CodingKey { case own, base, late }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(1, forKey: .own)
            try super.encode(to: container.superEncoder(forKey: .base))
            var again = encoder.container(keyedBy: CodingKeys.self)
            try again.encode("late", forKey: .late)
        }
    }

    /// Opens what lies in it by itself, and leaves it to its parent to end it.
    struct Nested: Encodable {
        private enum CodingKeys: CodingKey { case list, inner, last }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            var first = list.nestedContainer(keyedBy: CodingKeys.self)
            try first.encode(true, forKey: .last)
            try list.encodeNil()
            var second = list.nestedUnkeyedContainer()
            try second.encode("x")
            try "super".encode(to: list.superEncoder())
            var inner = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .inner)
            try inner.encode([0.5], forKey: .list)
            try container.encode(Float(0.25), forKey: .last)
        }
    }

    let zebra = [3, 1, 2]
    let apple: String? = nil
    let mango: [String: [String: Int64]] = ["b": [:], "a": ["y": -1, "x": .max]]
    let choices: [Choice] = [.plain, .labelled(zeta: 1, alpha: "a"), .unlabelled(true, 255)]
    let nothing: [Int] = []
    let optional: [Int?] = [nil, 1]
    let inherited = Derived()
    let nested = [Nested(), Nested()]
}
