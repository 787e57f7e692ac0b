/// How to reach servers: the same for every request of a client.
package struct HTTPSettings: Sendable {
    /// PEM certificates to trust beside the system's.
    package var caFile: String?
    /// A socket to connect to, whatever host an address names.
    package var unixSocket: String?
    package var userAgent = "palimpsest"
    package var connectTimeout: Duration = .seconds(15)
    /// How long to wait for bytes that do not come; the time between reads does not count.
    package var stallTimeout: Duration = .seconds(60)
    package var redirectLimit = 10
    /// Whether whoever answers on this machine without TLS may redirect to another machine without it.
    package var followsToPlainHTTP = false
    package var proxies = HTTPProxies()

    package init() {}
}

/// Through whom to go, except to this machine; nobody's environment is asked.
package struct HTTPProxies: Hashable, Sendable {
    package var http: String?
    package var https: String?
    /// Hosts to reach directly, separated by commas, as in `no_proxy`.
    package var exceptions = ""

    package init() {}

    /// What the usual variables say, by libcurl's rules: `HTTP_PROXY` counts in lower case only.
    package init(environment: [String: String]) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        http = value("http_proxy", "all_proxy", "ALL_PROXY")
        https = value("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        exceptions = value("no_proxy", "NO_PROXY") ?? ""
    }
}

extension HTTPProxies: CustomStringConvertible, CustomReflectable {
    /// Addresses of proxies may hold passwords.
    package var description: String { http == nil && https == nil ? "no proxy" : "proxy …" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
