import Foundation
import Testing

@testable import JSONDocuments

@Suite("Reading JSON")
struct JSONReaderTests {
    private func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONReader.decode(type, from: Array(text.utf8))
    }

    @Test(
        "every way in which values are read gives what Foundation's decoder gives",
        arguments: [
            ##"{"list":[1,2.0,-3],"map":{"a\"b":"x","c":"\u00e9\ud83d\ude00\/\n"},"choice":{"labelled":{"alpha":"a","zeta":1}}}"##,
            "{ \"choice\" : { \"plain\" : { } } , \"map\" : { } , \"list\" : [ ] , \"late\" : null, \"other\": [{\"a\":[]}] }\n",
            ##"{"late":{"flag":true,"fraction":1.5e3},"map":{"k":"","\u006b2":"v"},"list":[9223372036854775807],"choice":{"unlabelled":{"_0":false,"_1":255}}}"##,
        ])
    func everyWay(text: String) throws {
        let wanted = try JSONDecoder().decode(Varied.self, from: Data(text.utf8))
        #expect(try read(Varied.self, text) == wanted)
    }

    @Test(
        "what is no whole JSON is refused at its root",
        arguments: [
            "", " ", "{", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{1:2}", "[01]", "[1.]", "[-]", "[1e]",
            "[+1]",
            "nul", "truefalse", "[\"\u{1}\"]", "\"\\x\"", "\"\\u12g4\"", "\"", "[]]", "}", "[1]x", "{\"a\":}",
            "[\"a\":1]",
            "{\"a\"}", String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
        ])
    func broken(text: String) {
        #expect {
            try read([Int].self, text)
        } throws: { error in
            guard case DecodingError.dataCorrupted(let context) = error else { return false }
            return context.codingPath.isEmpty
        }
    }

    @Test("bytes that are no UTF-8 are refused")
    func bytes() {
        #expect(throws: DecodingError.self) {
            try JSONReader.decode([String].self, from: [0x5b, 0x22, 0xff, 0x22, 0x5d])
        }
    }

    @Test(
        "a mistake is told with the path to it",
        arguments: [
            (#"{"list":[1,"x"],"map":{},"choice":{"plain":{}}}"#, "list.1"),
            (#"{"list":[1],"map":{"a":1},"choice":{"plain":{}}}"#, "map.a"),
            (#"{"list":[1],"map":{"a":"\ud800"},"choice":{"plain":{}}}"#, "map.a"),
            (#"{"list":[1.5],"map":{},"choice":{"plain":{}}}"#, "list.0"),
            (
                #"{"list":[300],"map":{},"choice":{"unlabelled":{"_0":true,"_1":256}}}"#,
                "choice.unlabelled._1"
            ),
            (#"{"list":null,"map":{},"choice":{"plain":{}}}"#, "list"), (#"{"map":{}}"#, ""), ("[]", ""),
        ])
    func path(text: String, wanted: String) throws {
        #expect {
            try read(Varied.self, text)
        } throws: { error in
            guard let error = error as? DecodingError else { return false }
            let context =
                switch error {
                case .typeMismatch(_, let context), .valueNotFound(_, let context),
                    .keyNotFound(_, let context),
                    .dataCorrupted(let context):
                    context
                @unknown default: DecodingError.Context(codingPath: [], debugDescription: "")
                }
            return context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
                == wanted.split(separator: ".").map(String.init)
        }
    }

    @Test("texts that look alike at their ends stay what they are")
    func alike() throws {
        let texts = (0..<4000).map { "the same beginning \($0 % 40) and \($0) the same end" }
        #expect(
            try JSONReader.decode([String].self, from: CanonicalJSON.encode(texts + texts)) == texts + texts)
    }

    @Test("an object of many members gives each of them, and a key is never taken for a part of another")
    func many() throws {
        var wanted = Dictionary(uniqueKeysWithValues: (0..<500).map { ("key \($0)", $0) })
        #expect(try JSONReader.decode([String: Int].self, from: CanonicalJSON.encode(wanted)) == wanted)
        wanted = ["a": 1, "a\":1,\"b": 2, "": 3, "a\\": 4]
        #expect(try JSONReader.decode([String: Int].self, from: CanonicalJSON.encode(wanted)) == wanted)
    }
}

private struct Varied: Decodable, Equatable {
    enum Choice: Decodable, Equatable {
        case plain
        case labelled(zeta: Int, alpha: String)
        case unlabelled(Bool, UInt8)
    }

    struct Late: Decodable, Equatable {
        let flag: Bool
        let fraction: Double
        let missing: Int?
    }

    let list: [Int]
    let map: [String: String]
    let choice: Choice
    let late: Late?
}
