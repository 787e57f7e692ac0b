internal import Model

/// Whom packages of distributions name as their maintainer or vendor.
enum Distributions {
    /// Domains of which every address is one of a distribution's own people or lists.
    private static let domains = [
        "debian.org", "alioth-lists.debian.net", "ubuntu.com", "canonical.com", "kali.org", "raspberrypi.com",
        "devuan.org",
        "alpinelinux.org", "wolfi.dev", "chainguard.dev",
    ]

    /// What RPM packages have as their vendor, perhaps with an address in angle brackets behind it.
    private static let vendors: Set<String> = [
        "Red Hat, Inc.", "Fedora Project", "CentOS", "Rocky", "Rocky Enterprise Software Foundation",
        "AlmaLinux", "AlmaLinux OS Foundation", "Amazon Linux", "Amazon.com", "Amazon.com, Inc.",
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

    /// Whether `vendor`, such as `SUSE LLC <https://www.suse.com/>`, is a distribution's.
    static func sell(_ vendor: String) -> Bool {
        let name = vendor.firstRange(of: " <").map { vendor[..<$0.lowerBound] } ?? vendor[...]
        return vendors.contains(String(name))
    }
}
