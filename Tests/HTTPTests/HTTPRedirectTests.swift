import HTTP
import TestSupport
import Testing

struct HTTPRedirectTests {
    private static let authorization = HTTPAuthorization.basic(user: "me", password: "s3cret")

    @Test("a redirect within the server is followed with credentials", arguments: [301, 302, 303, 307, 308])
    func within(status: Int) throws {
        let server = try ScriptedServer(
            #"{"/a": [{"status": \#(status), "headers": [["Location", "b?x=1"]]}], "/b": [{"body": "x"}]}"#)
        let response = try HTTPClient().open(
            HTTPRequest(try server.address("/a"), authorization: Self.authorization))
        #expect(response.status == 200)
        let requests = try server.requests()
        #expect(requests.map(\.path) == ["/a", "/b?x=1"])
        #expect(requests.allSatisfy { $0.headers["authorization"]?.hasPrefix("Basic ") == true })
    }

    @Test(
        "credentials stay behind at another host, another port, and on the way back",
        arguments: [true, false])
    func elsewhere(isOtherHost: Bool) throws {
        let other = try ScriptedServer("{}")
        let host = isOtherHost ? "localhost" : "127.0.0.1"
        let server = try ScriptedServer(
            """
            {"/a": [{"status": 307, "headers": [["Location", "http://\(host):\(other.port)/b"]]}],
            "/c": [{"body": "x"}]}
            """)
        try other.follow(
            """
            {"/b": [{"status": 307, "headers": [["Location", "http://127.0.0.1:\(server.port)/c"]]}]}
            """)
        let request = HTTPRequest(
            try server.address("/a"), headers: [HTTPRequest.Header("Accept", "x/y")], rangeStart: 5,
            authorization: .bearer("t0ken"))
        #expect(try HTTPClient().open(request).status == 200)
        #expect(try server.requests().map { $0.headers["authorization"] } == ["Bearer t0ken", nil])
        let asked = try other.requests()
        #expect(asked.map { $0.headers["authorization"] } == [nil])
        #expect(asked.first?.headers["range"] == "bytes=5-")
        #expect(asked.first?.headers["accept"] == "x/y")
    }

    @Test("a redirect from https to http is refused, and its address is not shown")
    func downgrade() throws {
        let authority = try TestAuthority()
        let plain = try ScriptedServer("{}")
        let server = try ScriptedServer(
            """
            {"/a": [{"status": 302, "headers": [["Location", "http://127.0.0.1:\(plain.port)/?sig=s1gned"]]}]}
            """, certificate: (authority.certificate, authority.key))
        var settings = HTTPSettings()
        settings.caFile = authority.caFile
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient(settings).open(HTTPRequest(try server.address("/a", scheme: "https")))
        }
        #expect(error?.code == .refusedRedirect)
        #expect(error?.description.contains("s1gned") == false)
        #expect(try plain.requests().isEmpty)
    }

    @Test(
        "a redirect from this machine to another without TLS is followed only with leave",
        arguments: [false, true])
    func plainElsewhere(hasLeave: Bool) throws {
        let server = try ScriptedServer(
            #"{"/a": [{"status": 307, "headers": [["Location", "http://storage.invalid/?sig=s1gned"]]}]}"#)
        var settings = HTTPSettings()
        settings.followsToPlainHTTP = hasLeave
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient(settings).open(HTTPRequest(try server.address("/a")))
        }
        #expect(error?.code == (hasLeave ? .unresolved : .refusedRedirect))
        #expect(error?.description.contains("s1gned") == false)
    }

    @Test(
        "a redirect to what is no address of ours is refused",
        arguments: ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://u:s3cret@127.0.0.1/", "gopher://x/"])
    func strange(target: String) throws {
        let server = try ScriptedServer(
            #"{"/a": [{"status": 302, "headers": [["Location", "\#(target)"]]}]}"#)
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient().open(HTTPRequest(try server.address("/a")))
        }
        #expect(error?.code == .refusedRedirect, "\(String(describing: error))")
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("redirects without end are not followed without end")
    func endless() throws {
        let server = try ScriptedServer(
            #"{"/a": [{"status": 302, "headers": [["Location", "/a"]]}]}"#)
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient().open(HTTPRequest(try server.address("/a")))
        }
        #expect(error?.code == .tooManyRedirects)
        #expect(try server.requests().count == 11)
    }

    @Test("a form is not sent on")
    func form() throws {
        let server = try ScriptedServer(
            #"{"/a": [{"status": 307, "headers": [["Location", "/b"]]}]}"#)
        let response = try HTTPClient().open(
            HTTPRequest(try server.address("/a"), method: .post(HTTPForm())))
        #expect(response.status == 307)
        #expect(try server.requests().map(\.path) == ["/a"])
    }

    @Test("no way of printing a request shows its credentials")
    func printing() throws {
        var form = HTTPForm()
        form.add("password", "s3cret")
        let request = HTTPRequest(
            try HTTPAddress("https://example.org/?sig=s3cret"), method: .post(form),
            authorization: Self.authorization)
        var dumped = ""
        dump(request, to: &dumped)
        dump(HTTPProxies(environment: ["https_proxy": "http://u:s3cret@proxy"]), to: &dumped)
        for text in ["\(request)", String(reflecting: request), dumped] { #expect(!text.contains("s3cret")) }
    }
}
