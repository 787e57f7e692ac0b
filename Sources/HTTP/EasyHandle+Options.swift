internal import CLibCurl

extension EasyHandle {
    /// What holds for every request.
    func apply(_ settings: HTTPSettings, for address: HTTPAddress) throws(HTTPError) {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Redirects are followed by HTTPClient, which knows whom credentials may be shown.
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // One transfer has one connection, so there is nothing for HTTP/2 to share.
        try set(CURLOPT_HTTP_VERSION, palimpsest_http_1_1)
        try set(CURLOPT_BUFFERSIZE, 64 << 10)
        try set(CURLOPT_USERAGENT, settings.userAgent)
        try set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout.milliseconds)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        // The system's folder of certificates counts beside this file.
        if let file = settings.caFile { try set(CURLOPT_CAINFO, file) }
        if let socket = settings.unixSocket { try set(CURLOPT_UNIX_SOCKET_PATH, socket) }
        let proxies = settings.proxies
        // An empty text keeps libcurl from asking the environment.
        try set(CURLOPT_PROXY, (address.scheme == "https" ? proxies.https : proxies.http) ?? "")
        try set(CURLOPT_NOPROXY, proxies.exceptions)
    }

    /// What `request` asks for, but for its header lines.
    func apply(_ request: HTTPRequest) throws(HTTPError) {
        try set(CURLOPT_URL, request.address.text)
        switch request.method {
        case .get: try set(CURLOPT_HTTPGET, 1)
        case .head: try set(CURLOPT_NOBODY, 1)
        case .post(let form):
            try set(CURLOPT_POST, 1)
            try set(CURLOPT_POSTFIELDSIZE, form.encoded.utf8.count)
            try set(CURLOPT_COPYPOSTFIELDS, form.encoded)
        }
        if let start = request.rangeStart { try set(CURLOPT_RANGE, "\(start)-") }
        try apply(request.authorization)
    }

    private func apply(_ authorization: HTTPAuthorization?) throws(HTTPError) {
        switch authorization {
        case .basic(let user, let password)?:
            try set(CURLOPT_HTTPAUTH, palimpsest_auth_basic)
            try set(CURLOPT_USERNAME, user)
            try set(CURLOPT_PASSWORD, password)
        case .bearer(let token)?:
            guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
                throw HTTPError(.setup, at: "", "token has characters that no token has")
            }
            try set(CURLOPT_HTTPAUTH, palimpsest_auth_bearer)
            try set(CURLOPT_XOAUTH2_BEARER, token)
        case nil: break
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(clamping: components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
