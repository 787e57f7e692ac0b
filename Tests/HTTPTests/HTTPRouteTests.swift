import Archives
import HTTP
import TestSupport
import Testing

struct HTTPRouteTests {
    @Test("a proxy is asked for addresses of its scheme, but not for exceptions and this machine")
    func proxy() throws {
        let proxy = try ScriptedServer(#"{"http://registry.invalid/a": [{"body": "by proxy"}]}"#)
        let server = try ScriptedServer(#"{"/a": [{"body": "direct"}]}"#)
        var settings = HTTPSettings()
        settings.proxies = HTTPProxies(environment: [
            "http_proxy": "http://127.0.0.1:\(proxy.port)", "no_proxy": "other.invalid",
        ])
        let client = HTTPClient(settings)
        let proxied = try client.open(HTTPRequest(try HTTPAddress("http://registry.invalid/a")))
        #expect(try proxied.readAll(limit: 100) == Array("by proxy".utf8))
        let direct = try client.open(HTTPRequest(try server.address("/a")))
        #expect(try direct.readAll(limit: 100) == Array("direct".utf8))
        for address in ["http://other.invalid/", "https://registry.invalid/"] {
            let error = #expect(throws: HTTPError.self) {
                try client.open(HTTPRequest(try HTTPAddress(address)))
            }
            #expect(error?.code == .unresolved)
        }
        #expect(try proxy.requests().count == 1)
    }

    @Test(
        "a proxy that cannot be used is told of without the password in its address",
        arguments: [
            "odd://USER@127.0.0.1:1", "http://USER@127.0.0.1:port", "USER@127.0.0.1:port", "://USER@x",
        ])
    func unusableProxy(address: String) throws {
        let password = "proxy-" + "word"
        var settings = HTTPSettings()
        settings.proxies.http = address.replacing("USER", with: "me:\(password)")
        let error = #expect(throws: HTTPError.self) {
            try HTTPClient(settings).open(HTTPRequest(try HTTPAddress("http://registry.invalid/")))
        }
        let text = String(describing: error)
        #expect(text.lowercased().contains("proxy") && !text.contains(password), "\(text)")
    }

    @Test("variables are read as libcurl reads them")
    func variables() {
        let proxies = HTTPProxies(environment: [
            "HTTP_PROXY": "ignored", "HTTPS_PROXY": "secure", "NO_PROXY": "", "no_proxy": "a,b",
        ])
        #expect(proxies.http == nil)
        #expect(proxies.https == "secure")
        #expect(proxies.exceptions == "a,b")
        #expect(HTTPProxies(environment: ["ALL_PROXY": "x"]).http == "x")
    }

    @Test("a socket of the file system is asked in place of the host")
    func socket() throws {
        let server = try ScriptedServer(#"{"/a": [{"body": "by socket"}]}"#, isSocket: true)
        var settings = HTTPSettings()
        settings.unixSocket = server.socket
        let response = try HTTPClient(settings).open(HTTPRequest(try HTTPAddress("http://engine/a")))
        #expect(try response.readAll(limit: 100) == Array("by socket".utf8))
        settings.unixSocket = server.socket + ".none"
        #expect(throws: HTTPError.self) {
            try HTTPClient(settings).open(HTTPRequest(try HTTPAddress("http://engine/a")))
        }
    }
}
