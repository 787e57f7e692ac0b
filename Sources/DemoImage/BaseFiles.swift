/// Texts of the files that a small Debian brings.
enum BaseFiles {
    static let osRelease = """
        PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
        NAME="Debian GNU/Linux"
        VERSION_ID="12"
        VERSION="12 (bookworm)"
        VERSION_CODENAME=bookworm
        ID=debian
        HOME_URL="https://www.debian.org/"
        SUPPORT_URL="https://www.debian.org/support"
        BUG_REPORT_URL="https://bugs.debian.org/"

        """

    static let passwd = """
        root:x:0:0:root:/root:/bin/bash
        daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
        bin:x:2:2:bin:/bin:/usr/sbin/nologin
        www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin

        """

    static let shadow = """
        root:*:20600:0:99999:7:::
        daemon:*:20600:0:99999:7:::
        bin:*:20600:0:99999:7:::
        www-data:*:20600:0:99999:7:::
        nobody:*:20600:0:99999:7:::

        """

    static let group = """
        root:x:0:
        daemon:x:1:
        bin:x:2:
        shadow:x:42:
        www-data:x:33:
        nogroup:x:65534:

        """

    static let nsswitch = """
        passwd:         files
        group:          files
        shadow:         files
        hosts:          files dns

        """

    static let aptSources = """
        Types: deb
        URIs: https://deb.debian.org/debian
        Suites: bookworm bookworm-updates
        Components: main
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        """

    /// What dpkg says is installed.
    static let packages = [
        ("base-files", "12.4+deb12u12"), ("bash", "5.2.15-2+b8"), ("ca-certificates", "20230311+deb12u1"),
        ("libc6", "2.36-9+deb12u13"), ("libssl3", "3.0.17-1~deb12u2"), ("nodejs", "18.20.4+dfsg-1~deb12u1"),
        ("npm", "9.2.0~ds1-1"), ("python3", "3.11.2-1+b1"), ("python3-pip", "23.0.1+dfsg-1"),
    ]

    static func dpkgStatus(_ names: Set<String>) -> String {
        packages.filter { names.contains($0.0) }.map { name, version in
            """
            Package: \(name)
            Status: install ok installed
            Priority: optional
            Section: misc
            Maintainer: Debian Developers <debian-devel@lists.debian.org>
            Architecture: amd64
            Version: \(version)
            Description: \(name)

            """
        }.joined(separator: "\n")
    }
}
