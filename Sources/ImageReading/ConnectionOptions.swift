/// How registries and engines are reached, and as whom.
///
/// Holds what the environment says, for nothing below reads it: where credentials, sockets and proxies are.
package struct ConnectionOptions: Sendable {
    /// PEM certificates to trust beside the system's.
    package var caFile: String?
    /// Whether any registry that does not speak https may be asked by http, and not those on this machine only.
    package var allowsPlainHTTP: Bool
    package var environment: [String: String]

    package init(
        caFile: String? = nil, allowsPlainHTTP: Bool = false, environment: [String: String] = [:]
    ) {
        self.caFile = caFile
        self.allowsPlainHTTP = allowsPlainHTTP
        self.environment = environment
    }

    /// The value of a variable; nil where it is empty, which means the same as absent.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension ConnectionOptions: CustomStringConvertible, CustomReflectable {
    /// Environments hold secrets.
    package var description: String { "connection options" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
