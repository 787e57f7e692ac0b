internal import Model

/// Whom packages of distributions name as their maintainer or vendor.
enum Distributions {
    /// Domains of which every address is one of a distribution's own people or lists.
    private static let domains = [
        "debian.org", "ubuntu.com", "canonical.com", "kali.org", "raspberrypi.com", "devuan.org",
        "alpinelinux.org", "wolfi.dev", "chainguard.dev",
    ]

    /// What RPM packages have as their vendor, from the beginning.
    private static let vendors = [
        "Red Hat, Inc.", "Fedora Project", "CentOS", "Rocky", "AlmaLinux", "Amazon Linux", "Amazon.com",
        "Oracle America", "SUSE LLC", "openSUSE", "Microsoft Corporation", "VMware, Inc.", "CloudLinux",
    ]

    /// Whether `maintainer`, such as `Debian OpenSSL Team <pkg@lists.alioth.debian.org>`, is a distribution's.
    static func maintain(_ maintainer: String) -> Bool {
        guard let open = maintainer.lastIndex(of: "<"), let close = maintainer.lastIndex(of: ">"),
            open < close
        else { return false }
        let address = maintainer[maintainer.index(after: open)..<close].lowercased()
        guard let at = address.lastIndex(of: "@") else { return false }
        let domain = address[address.index(after: at)...]
        return domains.contains { domain == $0 || domain.hasSuffix("." + $0) }
    }

    static func sell(_ vendor: String) -> Bool {
        vendors.contains { vendor.hasPrefix($0) }
    }
}
