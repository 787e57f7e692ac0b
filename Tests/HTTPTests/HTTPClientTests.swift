import Archives
import HTTP
import TestSupport
import Testing

struct HTTPClientTests {
    @Test("status, headers and body of an answer are those that the server sent")
    func answer() throws {
        let server = try ScriptedServer(
            #"{"/a": [{"status": 418, "headers": [["X-One", " 1 "], ["x-one", "2"]], "body": "tea"}]}"#)
        let response = try HTTPClient().open(HTTPRequest(try server.address("/a")))
        #expect(response.status == 418)
        #expect(response.header("X-ONE") == "2")
        #expect(response.headers("x-one") == ["1", "2"])
        #expect(try response.readAll(limit: 100) == Array("tea".utf8))
    }

    @Test("a body of any size comes whole, and one that nobody reads is not taken in")
    func largeBody() throws {
        var random = SeededGenerator(seed: 7)
        let body = random.bytes(3 << 20)
        let server = try ScriptedServer(#"{"/a": [{"file": "body"}]}"#, files: ["body": body])
        let client = HTTPClient()
        let response = try client.open(HTTPRequest(try server.address("/a")))
        #expect(try response.readAll(limit: .max) == body)
        let unread = try client.open(HTTPRequest(try server.address("/a")))
        #expect(try unread.readPrefix(10) == Array(body.prefix(10)))
    }

    @Test("a form arrives as one, and a HEAD has no body")
    func methods() throws {
        let server = try ScriptedServer(#"{"/a": [{"body": "x"}]}"#)
        var form = HTTPForm()
        form.add("grant type", "a&b=ü")
        let client = HTTPClient()
        _ = try client.open(HTTPRequest(try server.address("/a"), method: .post(form)))
        let head = try client.open(HTTPRequest(try server.address("/a"), method: .head))
        #expect(try head.readAll(limit: 10) == [])
        let requests = try server.requests()
        #expect(requests.map(\.method) == ["POST", "HEAD"])
        #expect(requests.first?.form == "grant%20type=a%26b%3D%C3%BC")
    }

    @Test("a range is asked for, and the server says whether it complies")
    func range() throws {
        let server = try ScriptedServer(#"{"/a": [{"body": "0123456789", "range": true}]}"#)
        let response = try HTTPClient().open(HTTPRequest(try server.address("/a"), rangeStart: 4))
        #expect(response.status == 206)
        #expect(response.header("content-range") == "bytes 4-9/10")
        #expect(try response.readAll(limit: 100) == Array("456789".utf8))
    }

    @Test("several tasks may ask at once")
    func tasks() async throws {
        let server = try ScriptedServer(#"{"/a": [{"body": "x"}]}"#)
        let client = HTTPClient()
        let address = try server.address("/a")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask { try client.open(HTTPRequest(address)).readAll(limit: 10).count }
            }
            for try await count in group { #expect(count == 1) }
        }
    }
}

extension ScriptedServer {
    /// An address of this server.
    func address(_ path: String, host: String = "127.0.0.1", scheme: String = "http") throws -> HTTPAddress {
        try HTTPAddress("\(scheme)://\(host):\(port)\(path)")
    }
}
