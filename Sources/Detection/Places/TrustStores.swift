/// Folders from which software takes the certificates it trusts.
enum TrustStores {
    /// A folder with a slash behind it, or the beginning of files' names.
    static let places = [
        "etc/ssl/certs/", "etc/ssl/cert.pem", "usr/share/ca-certificates/",
        "usr/local/share/ca-certificates/",
        "etc/pki/ca-trust/", "etc/pki/tls/certs/", "etc/pki/tls/cert.pem", "usr/share/pki/",
        "etc/ca-certificates/",
        "usr/lib/ssl/certs/", "var/lib/ca-certificates/", "usr/local/etc/ssl/certs/",
    ]
    private static let folders = places.map { Array($0.utf8) }

    /// Whether `path`, without leading slash, is one of them or lies in one.
    static func contain(_ path: [UInt8]) -> Bool {
        // Nearly every path is turned down here.
        guard let first = path.first,
            [UInt8(ascii: "e"), UInt8(ascii: "u"), UInt8(ascii: "v")].contains(first)
        else {
            return false
        }
        return folders.contains { path.starts(with: $0) }
    }
}
