internal import CLibCurl

extension HTTPError {
    /// That libcurl is not to be had, or has no memory.
    static var noLibrary: HTTPError {
        let complaint = unsafe palimpsest_curl_complaint().map { unsafe String(cString: $0) }
        return HTTPError(
            .setup, at: "", "libcurl cannot be set up", underlying: complaint ?? "out of memory")
    }

    /// What libcurl says with `status`, as ours.
    init(_ status: CURLcode, at place: String, words: String) {
        let (code, reason) = Self.meaning(status, words)
        let fallback = unsafe curl_easy_strerror(status).map { unsafe String(cString: $0) }
        self.init(code, at: place, reason, underlying: words.isEmpty ? fallback : Self.shown(words))
    }

    /// libcurl quotes a proxy that it cannot use, and the password in it.
    private static func shown(_ words: String) -> String {
        guard words.lowercased().contains("proxy"), let start = words.firstIndex(of: "'"),
            let end = words.lastIndex(of: "'")
        else { return words }
        return words[...start] + "…" + words[end...]
    }

    private static func meaning(_ status: CURLcode, _ words: String) -> (Code, String) {
        switch status {
        case CURLE_RECV_ERROR where words.contains("CONNECT"):
            (.unreachable, "no connection through the proxy")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            (.invalidAddress, "address cannot be used")
        case CURLE_COULDNT_RESOLVE_HOST: (.unresolved, "host name cannot be resolved")
        case CURLE_COULDNT_RESOLVE_PROXY: (.unresolved, "proxy's host name cannot be resolved")
        case CURLE_COULDNT_CONNECT: (.unreachable, "no connection")
        case CURLE_PROXY: (.unreachable, "no connection through the proxy")
        case CURLE_OPERATION_TIMEDOUT: (.unreachable, "no connection in time")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            (.untrusted, "server's certificate is not trusted")
        case CURLE_SSL_CACERT_BADFILE: (.unusableAuthority, "CA certificates cannot be read")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_USE_SSL_FAILED:
            (.tls, "TLS failed")
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_ERROR:
            (.truncated, "connection ended before the answer did")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
            (.malformed, "answer is no HTTP")
        // Also what it says of a header line of more than 100 KB.
        case CURLE_OUT_OF_MEMORY: (.tooLarge, "answer takes more memory than it gets")
        default: (.failed, "transfer failed")
        }
    }
}
