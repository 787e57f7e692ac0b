import Archives
import HTTP
import TestSupport
import Testing

struct HTTPFailureTests {
    @Test(
        "a body that ends early is an error behind its last byte, however its length was told",
        arguments: [#"{"body": "0123456789", "cut": 4}"#, #"{"body": "0123", "length": 99, "cut": 4}"#])
    func cut(answer: String) throws {
        let server = try ScriptedServer("{\"/a\": [\(answer)]}")
        let response = try HTTPClient().open(HTTPRequest(try server.address("/a")))
        #expect(response.status == 200)
        #expect(try response.readPrefix(4) == Array("0123".utf8))
        #expect(throws: ArchiveError(.truncated, "")) { try response.readPrefix(1) }
        #expect(response.failure?.code == .truncated)
    }

    @Test("an endless body takes no more memory than it is read for")
    func endless() throws {
        let server = try ScriptedServer(#"{"/a": [{"endless": true}]}"#)
        let response = try HTTPClient().open(HTTPRequest(try server.address("/a")))
        #expect(try response.readAll(limit: 5 << 20).count == 5 << 20)
    }

    @Test(
        "an answer that is no HTTP is named so",
        arguments: [
            "hello\r\n", "SSH-2.0-x\r\n", "", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/9.9 200\r\n\r\n",
        ])
    func noHTTP(answer: String) throws {
        let raw = answer.replacing("\r", with: "\\r").replacing("\n", with: "\\n")
        let server = try ScriptedServer(#"{"/a": [{"raw": "\#(raw)"}]}"#)
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient().open(HTTPRequest(try server.address("/a")))
        }
        #expect([.malformed, .truncated].contains(error?.code), "\(String(describing: error))")
        #expect(error?.place == "http://127.0.0.1:\(server.port)")
    }

    @Test(
        "headers without end are refused",
        arguments: [("x", 300), (String(repeating: "x", count: 200_000), 1)])
    func headers(value: String, count: Int) throws {
        let lines = Array(repeating: "[\"X\", \"\(value)\"]", count: count).joined(separator: ",")
        let server = try ScriptedServer(#"{"/a": [{"headers": [\#(lines)]}]}"#)
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient().open(HTTPRequest(try server.address("/a")))
        }
        #expect(error?.code == .tooLarge, "\(String(describing: error))")
    }

    @Test("a server that sends nothing is not waited for without end")
    func stalled() throws {
        let server = try ScriptedServer(#"{"/a": [{"body": "0123", "pause": 600}]}"#)
        var settings = HTTPSettings()
        settings.stallTimeout = .seconds(2)
        let response = try HTTPClient(settings).open(HTTPRequest(try server.address("/a")))
        #expect(throws: ArchiveError.self) { try response.readAll(limit: 10) }
        #expect(response.failure?.code == .timedOut)
    }

    @Test("a port where nobody listens, and a name that nobody has, are told apart")
    func unreachable() throws {
        let refused = #expect(throws: HTTPError.self) {
            try HTTPClient().open(HTTPRequest(try HTTPAddress("http://127.0.0.1:1/")))
        }
        #expect(refused?.code == .unreachable)
        let unknown = #expect(throws: HTTPError.self) {
            try HTTPClient().open(HTTPRequest(try HTTPAddress("http://no-such-host.invalid/")))
        }
        #expect(unknown?.code == .unresolved)
    }

    @Test("a certificate that nobody vouches for is not trusted, nor one for another name")
    func certificates() throws {
        let authority = try TestAuthority()
        let server = try ScriptedServer(
            #"{"/a": [{"body": "x"}]}"#, certificate: (authority.certificate, authority.key))
        var settings = HTTPSettings()
        let untrusted = #expect(throws: HTTPError.self) {
            try HTTPClient(settings).open(HTTPRequest(try server.address("/a", scheme: "https")))
        }
        #expect(untrusted?.code == .untrusted)
        settings.caFile = authority.caFile
        let client = HTTPClient(settings)
        #expect(try client.open(HTTPRequest(try server.address("/a", scheme: "https"))).status == 200)
        let otherName = #expect(throws: HTTPError.self) {
            try client.open(HTTPRequest(try server.address("/a", host: "127.0.0.2", scheme: "https")))
        }
        #expect([.untrusted, .unreachable].contains(otherName?.code))
    }

    @Test("TLS where none is spoken is told from a certificate that is not trusted")
    func noTLS() throws {
        let server = try ScriptedServer("{}")
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient().open(HTTPRequest(try server.address("/a", scheme: "https")))
        }
        #expect(error?.code == .tls, "\(String(describing: error))")
    }

    @Test("what would break out of a header line is not sent", arguments: ["a\r\nX: y", "a\nb", "a\u{0}b"])
    func injection(value: String) throws {
        let server = try ScriptedServer("{}")
        let address = try server.address("/a")
        for request in [
            HTTPRequest(address, headers: [HTTPRequest.Header("X-Test", value)]),
            HTTPRequest(address, authorization: .bearer(value)),
        ] { #expect(throws: HTTPError.self) { try HTTPClient().open(request) } }
        #expect(try server.requests().isEmpty)
    }
}
