import HTTP
import Testing

struct HTTPAddressTests {
    @Test("an address is printed without path, query and fragment")
    func description() throws {
        let address = try HTTPAddress("https://Example.org:8443/v2/blob?X-Signature=abc#x")
        #expect(address.description == "https://example.org:8443")
        #expect(!String(reflecting: address).contains("abc"))
    }

    @Test(
        "an address that is none is refused",
        arguments: [
            "", "example.org", "ftp://example.org/", "http://", "https://user:word@example.org/",
            "https://exa mple.org/", "file:///etc/passwd", "http://example.org:99999/",
        ])
    func invalid(_ text: String) {
        #expect(throws: HTTPError(.invalidAddress, at: "", "")) { try HTTPAddress(text) }
    }

    @Test("host, port and scheme make the origin")
    func origin() throws {
        let origin = try HTTPAddress("https://example.org/a")
        #expect(try origin.hasSameOrigin(as: HTTPAddress("https://EXAMPLE.org:443/b")))
        #expect(try !origin.hasSameOrigin(as: HTTPAddress("https://example.org:444/a")))
        #expect(try !origin.hasSameOrigin(as: HTTPAddress("http://example.org:443/a")))
        #expect(try !origin.hasSameOrigin(as: HTTPAddress("https://a.example.org/a")))
    }

    @Test(
        "loopback is told by name and number",
        arguments: [
            ("http://localhost:5000/", true), ("http://127.0.0.1/", true), ("http://127.9.9.9:1/", true),
            ("http://[::1]:5000/", true), ("http://127.0.0.1.example.org/", false),
            ("http://localhost.example.org/", false), ("http://10.0.0.1/", false), ("http://[::2]/", false),
        ])
    func loopback(_ text: String, _ isLoopback: Bool) throws {
        #expect(try HTTPAddress(text).isLoopback == isLoopback)
    }
}
