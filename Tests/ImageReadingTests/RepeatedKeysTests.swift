import Testing

@testable import ImageReading

struct RepeatedKeysTests {
    @Test(
        "a key that stands twice in one object is told, as engines compare keys",
        arguments: [
            (#"{"config":{"Env":["A=1"],"env":["B=2"]}}"#, "env"),
            (#"{"config":{"Env":[],"\u0045nv":[]}}"#, "Env"), (#"{"history":[],"hiſtory":[]}"#, "hiſtory"),
            (#"{"config":{"Labels":{"a":"x","a":"y"}}}"#, "a"), (#"[{"a":1},{"a":{"b":1,"b":2}}]"#, "b"),
        ])
    func repeated(document: String, key: String) {
        #expect(RepeatedKeys.first(in: Array(document.utf8), foldingCase: true) == key)
    }

    @Test(
        "the same key in another object, in a text, or in another case among free names is none",
        arguments: [
            #"{"a":{"b":1},"c":{"b":1}}"#, #"{"a":"\"a\":1,\"a\"","b":["a","a"]}"#,
            #"{"Labels":{"a":"x","A":"y"}}"#, "{\"a", "}}]", "{\"\\",
        ])
    func distinct(document: String) {
        #expect(RepeatedKeys.first(in: Array(document.utf8), foldingCase: true) == nil)
    }
}
