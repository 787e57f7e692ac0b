internal import ImageWriting

extension LedgerAgentImage {
    func rootFileSystem() -> LayerBuilder {
        var layer = LayerBuilder(modified: Self.baseTime.seconds)
        layer.symbolicLink("bin", to: "usr/bin")
        for folder in ["etc", "etc/apt", "etc/apt/sources.list.d"] { layer.folder(StoredName(folder)) }
        layer.file("etc/apt/sources.list.d/debian.sources", BaseFiles.aptSources)
        layer.file("etc/group", BaseFiles.group)
        layer.file("etc/nsswitch.conf", BaseFiles.nsswitch)
        layer.symbolicLink("etc/os-release", to: "../usr/lib/os-release")
        layer.file("etc/passwd", BaseFiles.passwd)
        layer.file("etc/shadow", BaseFiles.shadow, mode: 0o640, group: 42)
        layer.folder("root", mode: 0o700)
        layer.folder("tmp", mode: 0o1777)
        for folder in ["usr", "usr/bin", "usr/lib"] { layer.folder(StoredName(folder)) }
        layer.file("usr/bin/bash", binary("bash", 96 * 1_024), mode: 0o755)
        layer.symbolicLink("usr/bin/sh", to: "bash")
        layer.file("usr/bin/su", binary("su", 24 * 1_024), mode: 0o4755)
        layer.file("usr/lib/os-release", BaseFiles.osRelease)
        for folder in ["var", "var/lib", "var/lib/dpkg"] { layer.folder(StoredName(folder)) }
        layer.file("var/lib/dpkg/status", BaseFiles.dpkgStatus(["base-files", "bash", "libc6"]))
        return layer
    }

    func packages() -> LayerBuilder {
        var layer = LayerBuilder(modified: Self.baseTime.seconds)
        for folder in ["etc", "etc/ssl", "etc/ssl/certs"] { layer.folder(StoredName(folder)) }
        layer.file("etc/ssl/certs/ca-certificates.crt", anchors.bundle)
        layer.symbolicLink(
            "etc/ssl/certs/build-proxy.pem", to: "/usr/local/share/ca-certificates/build-proxy.crt")
        layer.symbolicLink(
            "etc/ssl/certs/ledger-corp-root-2015.pem",
            to: "/usr/local/share/ca-certificates/ledger-corp-root-2015.crt")
        layer.folder("usr")
        layer.folder("usr/bin")
        layer.file("usr/bin/node", binary("node", 256 * 1_024), mode: 0o755)
        layer.symbolicLink("usr/bin/python3", to: "python3.11")
        layer.file("usr/bin/python3.11", binary("python", 192 * 1_024), mode: 0o755)
        for folder in ["var", "var/lib", "var/lib/dpkg"] { layer.folder(StoredName(folder)) }
        layer.file("var/lib/dpkg/status", BaseFiles.dpkgStatus(Set(BaseFiles.packages.map(\.0))))
        return layer
    }

    func application() -> LayerBuilder {
        var layer = LayerBuilder(modified: Self.buildTime.seconds)
        layer.folder("app")
        layer.file("app/.env", files.environmentFile)
        layer.file("app/README.md", ApplicationFiles.readme)
        layer.folder("app/ledger")
        layer.file("app/ledger/__init__.py", "")
        layer.file("app/ledger/agent.py", ApplicationFiles.agent)
        layer.file("app/ledger/config.py", ApplicationFiles.config)
        layer.file("app/ledger/main.py", ApplicationFiles.main)
        layer.file("app/ledger/tools.py", ApplicationFiles.tools)
        layer.file("app/mcp.json", files.toolServers)
        layer.file("app/package-lock.json", ApplicationFiles.packageLock)
        layer.file("app/package.json", ApplicationFiles.package)
        layer.file("app/requirements.txt", ApplicationFiles.requirements)
        return layer
    }

    func dependencies() -> LayerBuilder {
        var layer = LayerBuilder(modified: Self.buildTime.seconds)
        let module = "app/node_modules/@ledger-example/mcp-bookkeeping"
        for folder in ["app", "app/node_modules", "app/node_modules/@ledger-example", module] {
            layer.folder(StoredName(folder))
        }
        layer.file(StoredName(module + "/server.js"), ApplicationFiles.bookkeepingModule)
        layer.folder("root", mode: 0o700)
        for folder in ["root/.config", "root/.config/pip", "root/.docker"] {
            layer.folder(StoredName(folder), mode: 0o700)
        }
        layer.file("root/.config/pip/pip.conf", files.pipConfiguration, mode: 0o600)
        layer.file("root/.docker/config.json", files.registryLogin, mode: 0o600)
        layer.file("root/.gitconfig", files.gitConfiguration)
        layer.file("root/.npmrc", files.npmrc, mode: 0o600)
        return layer
    }

    /// Bytes in place of a program, so that the image is not text alone.
    private func binary(_ label: String, _ count: Int) -> [UInt8] {
        [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + source.bytes("binary/\(label)", count - 8)
    }
}
