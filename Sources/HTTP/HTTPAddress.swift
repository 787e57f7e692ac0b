internal import CLibCurl

/// An http or https address.
///
/// It is printed as scheme, host and port: path and query may hold signatures that stand for credentials.
package struct HTTPAddress: Hashable, Sendable {
    private static let lengthLimit = 16 << 10

    /// The whole of it, as requests need it.
    package let text: String
    package let scheme: String
    /// In lower case; an IPv6 address in brackets.
    package let host: String
    package let port: Int

    /// Takes `text` apart; an address with a user in it is refused.
    package init(_ text: String) throws(HTTPError) { try self.init(text, below: nil) }

    /// Where `text` leads, seen from `base` where it does not say so itself.
    init(_ text: String, seenFrom base: HTTPAddress) throws(HTTPError) {
        try self.init(text, below: base.text)
    }

    private init(_ text: String, below base: String?) throws(HTTPError) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw HTTPError(.invalidAddress, at: "", "address is longer than \(Self.lengthLimit) bytes")
        }
        let parts = try AddressParts(text, below: base)
        guard let scheme = parts.scheme, ["http", "https"].contains(scheme) else {
            throw HTTPError(.invalidAddress, at: "", "address is neither http nor https")
        }
        guard let host = parts.host, !host.isEmpty, let port = parts.port else {
            throw HTTPError(.invalidAddress, at: "", "address has no host")
        }
        self.text = base == nil ? text : parts.whole ?? text
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
    }

    /// Whether credentials for one may be shown to the other.
    package func hasSameOrigin(as other: HTTPAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// Whether the host is this machine, by name or number.
    package var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
    }
}

extension HTTPAddress: CustomStringConvertible, CustomReflectable {
    package var description: String {
        port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// An address as libcurl takes it apart, so that we and it never understand one differently.
private struct AddressParts {
    private(set) var whole: String?
    private(set) var scheme: String?
    private(set) var host: String?
    private(set) var port: Int?

    init(_ text: String, below base: String?) throws(HTTPError) {
        guard let handle = unsafe curl_url() else { throw .noLibrary }
        defer { unsafe curl_url_cleanup(handle) }
        if let base { try unsafe Self.set(base, of: handle, 0) }
        // Servers redirect to addresses with spaces and the like, which libcurl then writes as they should be.
        try unsafe Self.set(text, of: handle, base == nil ? 0 : CURLU_URLENCODE)
        whole = unsafe Self.part(CURLUPART_URL, of: handle, 0)
        scheme = unsafe Self.part(CURLUPART_SCHEME, of: handle)
        host = unsafe Self.part(CURLUPART_HOST, of: handle)
        port = unsafe Self.part(CURLUPART_PORT, of: handle).flatMap { Int($0) }
    }

    private static func set(_ text: String, of handle: OpaquePointer, _ flag: CInt) throws(HTTPError) {
        let flags = UInt32(CURLU_DISALLOW_USER | flag)
        let status = unsafe curl_url_set(handle, CURLUPART_URL, text, flags)
        guard status != CURLUE_OK else { return }
        let words = unsafe curl_url_strerror(status).map { unsafe String(cString: $0) }
        throw HTTPError(.invalidAddress, at: "", "address is not valid", underlying: words)
    }

    private static func part(
        _ part: CURLUPart, of handle: OpaquePointer, _ flag: CInt = CURLU_DEFAULT_PORT
    ) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        let status = unsafe palimpsest_url_get(handle, part, &value, UInt32(flag))
        guard status == CURLUE_OK, let value = unsafe value else { return nil }
        defer { unsafe curl_free(value) }
        return unsafe String(cString: value)
    }
}
