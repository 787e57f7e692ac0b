import Foundation
import TestSupport
import Testing

@testable import JSONDocuments

@Suite("JSON documents")
struct JSONDocumentTests {
    private static func fault(_ text: String) -> JSONFault? {
        do throws(JSONFault) {
            _ = try JSONDocument(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "what RFC 8259 allows is read",
        arguments: [
            "null", " [ ] ", "{}", "\u{feff}[]", "-0", "0.5e+3", "1E-2", #""\u00e9\ud83d\udd11\/""#,
            "[1,[2,[3]],{}]", #"{"a":{"a":1},"b":{"a":1}}"#, #"{"":0," ":0}"#, "\"\u{7f}\"", "\t\r\n true \n",
        ])
    func allowed(text: String) throws {
        let value = try JSONDocument(Array(text.utf8)).decode(AnyJSON.self)
        let foundation = try JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8))
        #expect(value == foundation)
    }

    @Test(
        "what RFC 8259 does not allow is a fault where it stands",
        arguments: [
            ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("[1 2]", 1, 4), ("{\"a\" 1}", 1, 6), ("{a:1}", 1, 2),
            ("[01]", 1, 3), ("[+1]", 1, 2), ("[.5]", 1, 2), ("[1.]", 1, 4), ("[1e]", 1, 4), ("[-]", 1, 3),
            ("[tru ]", 1, 5), ("[NaN]", 1, 2), ("['a']", 1, 2), ("[\"\\x\"]", 1, 3), ("[\"\n\"]", 1, 3),
            ("[\"\\ud800\"]", 1, 3), ("[\"\\udc00\\ud800\"]", 1, 3), ("[\"\\u12g4\"]", 1, 3), ("[]]", 1, 3),
            ("{}\n\n  {}", 3, 3), ("[1}", 1, 3), ("{\n\"a\":1]", 2, 6), ("// a\n1", 1, 1), ("[,1]", 1, 2),
        ])
    func malformed(text: String, line: Int, column: Int) {
        let fault = Self.fault(text)
        #expect(fault?.code == .malformed)
        #expect([fault?.line, fault?.column] == [line, column])
    }

    private static let document = Array(#"{"a\n":[1.5e3,true,{"é🔑":null}],"b":"\ud83d\udd11 ","c":-12}"#.utf8)

    @Test(
        "a document that is cut off anywhere is truncated, and says so at its end",
        arguments: 0..<document.count)
    func truncated(length: Int) {
        do throws(JSONFault) {
            _ = try JSONDocument(Array(Self.document.prefix(length)))
            Issue.record("read although it was cut off at \(length)")
        } catch {
            #expect(error.code == .truncated)
            #expect(error.column == length + 1)
        }
    }

    @Test("bytes that are no UTF-8 are a fault")
    func bytes() {
        #expect(throws: JSONFault.self) { try JSONDocument([0x22, 0xc3, 0x28, 0x22]) }
        #expect(throws: JSONFault.self) { try JSONDocument([0x22, 0xed, 0xa0, 0x80, 0x22]) }
    }

    @Test(
        "a key that stands twice in one object is a fault, however it is spelt",
        arguments: [
            #"{"a":1,"a":2}"#, #"{"b":{"c":1,"d":1,"c":2}}"#, #"{"a":1,"\u0061":2}"#, #"{"é":1,"é":2}"#,
            #"[{"z":1,"a":1,"z":1}]"#, #"{"a":[{"a":1}],"a":1}"#,
        ])
    func repeated(text: String) { #expect(Self.fault(text)?.code == .repeatedKey) }

    @Test("nesting has an end that is told, and no depth of it a crash")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(Self.fault(nested(512)) == nil)
        #expect(Self.fault(nested(513))?.code == .tooDeep)
        #expect(Self.fault(nested(1_000_000))?.code == .tooDeep)
    }

    private struct Whole: Decodable {
        struct Part: Decodable { let name: String, size: Int? }

        let parts: [String: [Part]]
    }

    /// Where a document is no `Whole`; nil where it is one.
    private func misfit(_ text: String) throws -> String? {
        let document = try JSONDocument(Array(text.utf8))
        let error = #expect(throws: DecodingError.self) { try document.decode(Whole.self) }
        let path: [any CodingKey]? =
            switch error {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            default: nil
            }
        return path?.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    @Test("what does not fit is named by its place")
    func place() throws {
        #expect(
            try misfit(#"{"parts":{"x":[{"name":"a"}],"y":[{"name":"b"},{"size":1}]}}"#) == "parts.y.1.name")
        #expect(try misfit(#"{"parts":{"x":[{"name":null}]}}"#) == "parts.x.0.name")
        #expect(try misfit(#"{"parts":{"x":[{"name":"a","size":1.5}]}}"#) == "parts.x.0.size")
        #expect(try misfit(#"{"parts":[]}"#) == "parts")
        let fitting = Array(#"{"parts":{"x":[{"name":"a","size":7.0},{"size":null,"name":"b"}]}}"#.utf8)
        #expect(try JSONDocument(fitting).decode(Whole.self).parts["x"]?.map(\.size) == [7, nil])
    }

    @Test("every way in which values read themselves gives what Foundation's decoder gives")
    func everyWay() throws {
        let text = #"""
            {"parent": {"base": "above"}, "inner": {"list": 1.5, "last": [{}]}, "last": 7,
             "list": [null, -2.5e1, [{"a": [1, 2.0]}], {"last": null}, false, {"base": "below"}]}
            """#
        let value = try JSONDocument(Array(text.utf8)).decode(Wilful.self)
        #expect(try JSONDecoder().decode(Wilful.self, from: Data(text.utf8)) == value)
        #expect(value.found.count == 8)
    }

    @Test(
        "random documents are read as Foundation reads them, with keys in any order",
        arguments: 1...60)
    func random(seed: UInt64) throws {
        var numbers = SeededGenerator(seed: seed)
        let value = AnyJSON.random(depth: 4, &numbers)
        let data = try JSONEncoder().encode(value)
        #expect(try JSONDocument(Array(data)).decode(AnyJSON.self) == value)
        #expect(try JSONDecoder().decode(AnyJSON.self, from: data) == value)
    }
}

/// Opens what lies in it by itself, in an order of its own, and asks for what is not there.
private struct Wilful: Decodable, Equatable {
    private enum CodingKeys: CodingKey { case list, inner, last, parent, absent }

    class Base: Decodable { let base: String }

    var found: [String] = []

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        found.append("\(try members.decode(UInt8.self, forKey: .last))")
        found.append(
            "\(members.contains(.absent)) \(try members.decodeIfPresent(Bool.self, forKey: .absent) ?? true)")
        let inner = try members.nestedContainer(keyedBy: CodingKeys.self, forKey: .inner)
        found.append("\(inner.allKeys.count) \(try inner.decode(Float.self, forKey: .list))")
        var list = try members.nestedUnkeyedContainer(forKey: .list)
        found.append("\(list.count ?? -1) \(try list.decodeNil()) \(try list.decode(Double.self))")
        var deeper = try list.nestedUnkeyedContainer()
        found.append("\(try deeper.decode([String: [Int]].self)) \(deeper.isAtEnd)")
        let object = try list.nestedContainer(keyedBy: CodingKeys.self)
        found.append(
            "\(try object.decodeNil(forKey: .last)) \(try list.decode(Bool.self)) \(list.currentIndex)")
        found.append(try Base(from: try list.superDecoder()).base)
        found.append(try Base(from: try members.superDecoder(forKey: .parent)).base)
    }
}

extension AnyJSON {
    fileprivate static func random(depth: Int, _ numbers: inout SeededGenerator) -> AnyJSON {
        let letters = ["a", "\"", "\\", "\n", "\u{1}", "é", "🔑", "/", " ", "\u{2028}"]
        func text(_ numbers: inout SeededGenerator) -> String {
            (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
                letters.randomElement(using: &numbers) ?? ""
            }
            .joined()
        }
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &numbers) {
        case 0: return .null
        case 1: return .flag(Bool.random(using: &numbers))
        case 2: return .number(Int.random(in: .min ... .max, using: &numbers))
        case 3: return .fraction(Double(Int.random(in: -1000...1000, using: &numbers)) + 0.25)
        case 4: return .text(text(&numbers))
        case 5:
            return .list(
                (0..<Int.random(in: 0...5, using: &numbers)).map { _ in random(depth: depth - 1, &numbers) })
        default:
            // More than a few now and then, which are looked up in another way.
            let count = Int.random(in: 0...5, using: &numbers) * (depth == 2 ? 15 : 1)
            let members = (0..<count).map { ("\(text(&numbers))\($0)", random(depth: depth - 1, &numbers)) }
            return .object(Dictionary(members) { first, _ in first })
        }
    }
}
