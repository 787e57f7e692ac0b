import Cryptography
import Detection
import Model
import Testing

@Suite struct FilesystemDetectorTests {
    private func items(
        _ text: String, path: String, within: [String] = [], mode: Int = 0o644,
        attributes: [String: [UInt8]] = [:]
    ) throws -> [SightedItem] {
        try Samples.scanner().sightings(
            in: Array(text.utf8), path: path, within: within, mode: mode, attributes: attributes
        ).items
    }

    @Test("executables that run as their owner are listed with their mode")
    func setuid() throws {
        let item = try #require(try items("x", path: "usr/bin/su", mode: 0o4755).first)
        #expect(item.type == .setuidFile)
        #expect(item.title == "/usr/bin/su")
        #expect(item.attributes["mode"] == .text("4755"))
        #expect(item.attributes["isRoot"] == .flag(true))
        #expect(try items("x", path: "usr/bin/su", mode: 0o755).isEmpty)
        #expect(try items("x", path: "usr/bin/su", mode: 0o4644).isEmpty)
    }

    @Test("file capabilities are read from their attribute")
    func capabilities() throws {
        let bytes: [UInt8] = [1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let item = try #require(
            try items("x", path: "bin/ping", attributes: ["security.capability": bytes]).first)
        #expect(item.type == .fileCapability)
        #expect(item.attributes["capabilities"] == .text("cap_net_raw=ep"))
        #expect(try items("x", path: "bin/ping", attributes: ["security.capability": [1, 2]]).isEmpty)
    }

    @Test("accounts are listed, with root and those without a password marked")
    func accounts() throws {
        let users = try items(
            "root:x:0:0:root:/root:/bin/sh\ntoor::0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/false\n# no account\n",
            path: "etc/passwd")
        #expect(users.map(\.title) == ["root", "toor", "app"])
        #expect(users.map { $0.attributes["isRoot"] } == [.flag(true), .flag(true), .flag(false)])
        #expect(users.map { $0.attributes["emptyPassword"] } == [.flag(false), .flag(true), .flag(false)])
        #expect(users.map(\.place.line) == [1, 2, 3])
        let open = try items("root:*:19000:0:99999:7:::\nguest::19000:0:99999:7:::\n", path: "etc/shadow")
        #expect(open.map(\.title) == ["guest"])
    }

    @Test(
        "whoever a C library takes for root is root",
        arguments: [
            "toor:\u{301}x:0:0::/:/bin/sh", "toor:\u{301}:0:100::/:/bin/sh", "toor:x: 0:0::/:/bin/sh",
            "toor:x::0::/:/bin/sh", "toor:x:4294967296:0::/:/bin/sh", "  toor:x:-0:0::/:/bin/sh",
        ])
    func roots(line: String) throws {
        let users = try items(line, path: "etc/passwd")
        #expect(users.map(\.title) == ["toor"])
        #expect(users.map { $0.attributes["isRoot"] } == [.flag(true)])
    }

    @Test("what stands for a directory's users, or has no number, is no root")
    func noRoots() throws {
        let lines = "+::::::\n-x::::::\nx:x:abc:0::/:/bin/sh\nnobody:x:-2:0::/:/bin/sh\n"
        let users = try items(lines, path: "etc/passwd")
        #expect(users.map { $0.attributes["uid"] } == [.number(4_294_967_294)])
        #expect(users.map { $0.attributes["isRoot"] } == [.flag(false)])
    }

    @Test("a backslash at the end of an account hides nobody behind it")
    func backslash() throws {
        let users = try items("bob:x:9:9::/:/bin/sh\\\ntoor::0:0::/:/bin/sh\n", path: "etc/passwd")
        #expect(users.map(\.title) == ["bob", "toor"])
    }

    @Test(
        "who is named by number has rules as well, and blanks before the colon change nothing",
        arguments: [
            "#1000 ALL=(ALL) NOPASSWD: ALL", "app ALL = (ALL) NOPASSWD : ALL",
            "app ALL=SETENV:NOPASSWD\t: ALL",
        ])
    func sudoForms(line: String) throws {
        let rule = try #require(try items(line, path: "etc/sudoers.d/app").first)
        #expect(rule.attributes["noPassword"] == .flag(true))
        #expect(try items("# 1000 ALL=(ALL) NOPASSWD: ALL", path: "etc/sudoers").isEmpty)
    }

    @Test("any number of tags before the commands is read in one go")
    func sudoTags() throws {
        let tags = String(repeating: "SETENV: :", count: 60_000)
        let rule = try #require(
            try items("app ALL=\(tags) NOPASSWD : /bin/x: y", path: "etc/sudoers").first)
        #expect(rule.attributes["commands"] == .text("/bin/x: y"))
        #expect(rule.attributes["noPassword"] == .flag(true))
    }

    @Test(
        "a setting that spares the password counts as a rule, whoever it is about",
        arguments: [
            "Defaults !authenticate", "Defaults:app !authenticate", "Defaults env_reset, !authenticate",
        ])
    func sudoSettings(line: String) throws {
        let rule = try #require(try items(line, path: "etc/sudoers").first)
        #expect(rule.attributes["noPassword"] == .flag(true))
        #expect(try items("Defaults authenticate", path: "etc/sudoers").isEmpty)
    }

    @Test("of what is included from elsewhere nobody knows whether it asks for a password")
    func sudoIncludes() throws {
        let rule = try #require(try items("@include /opt/rules", path: "etc/sudoers").first)
        #expect(rule.title == "what /opt/rules says")
        #expect(rule.attributes["noPassword"] == nil)
        #expect(try items("@includedir /etc/sudoers.d", path: "etc/sudoers").isEmpty)
    }

    @Test("accounts inside an archive are nobody's in this image")
    func nestedAccounts() throws {
        #expect(try items("root:x:0:0::/:/bin/sh", path: "a.tar", within: ["etc/passwd"]).isEmpty)
    }

    @Test("sudo rules are listed, with those that ask for no password marked")
    func sudo() throws {
        let rules = try items(
            """
            Defaults env_reset
            User_Alias ADMINS = a, b
            root ALL=(ALL:ALL) ALL
            %ops ALL=(ALL) NOPASSWD: /usr/bin/systemctl, \\
              /usr/bin/apt
            #includedir /etc/sudoers.d
            """, path: "etc/sudoers")
        #expect(rules.map { $0.attributes["name"] } == [.text("root"), .text("%ops")])
        #expect(rules.map { $0.attributes["noPassword"] } == [.flag(false), .flag(true)])
        #expect(rules.last?.attributes["commands"]?.display.hasPrefix("/usr/bin/systemctl,") == true)
        #expect(rules.last?.place.line == 4)
    }

    @Test(
        "an authorized key stands behind tabs, and behind options that look like one",
        arguments: [
            "ssh-ed25519\t", "command=\"exec ssh-agent bash\" ssh-ed25519 ",
            "command=\"ssh-a \\\" AAAA\",pty\tssh-ed25519  ",
        ])
    func authorizedKeyForms(beginning: String) throws {
        let blob: [UInt8] =
            [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 32] + Array(repeating: 9, count: 32)
        let line = "\(beginning)\(Base64.encode(blob)) me@home"
        let item = try #require(try items(line, path: "root/.ssh/authorized_keys").first)
        #expect(item.attributes["algorithm"] == .text("Ed25519"))
        #expect(item.title == "ssh-ed25519 key of me@home")
    }

    @Test("authorized keys are listed with kind and size, and a secret in their comment is masked")
    func authorizedKeys() throws {
        let blob: [UInt8] =
            [0, 0, 0, 11] + Array("ssh-ed25519".utf8) + [0, 0, 0, 32] + Array(repeating: 9, count: 32)
        let line = "command=\"a b\",no-pty ssh-ed25519 \(Base64.encode(blob)) me@home \(Samples.token())"
        let item = try #require(try items("# mine\n\(line)\n", path: "root/.ssh/authorized_keys").first)
        #expect(item.type == .authorizedKey)
        #expect(item.attributes["algorithm"] == .text("Ed25519"))
        #expect(item.attributes["keyBits"] == .number(256))
        #expect(item.attributes["comment"] == .text("me@home tok_… (24 characters)"))
        #expect(item.title == "ssh-ed25519 key of me@home tok_… (24 characters)")
    }

    @Test(
        "credential stores, host keys and service-account tokens are known by their paths",
        arguments: [
            ("root/.npmrc", InventoryType.credentialStore), ("home/a/.aws/credentials", .credentialStore),
            ("etc/apt/auth.conf", .credentialStore), ("etc/apt/auth.conf.d/90x", .credentialStore),
            ("etc/ssh/ssh_host_rsa_key", .hostKey),
            ("var/run/secrets/kubernetes.io/serviceaccount/token", .serviceAccount),
        ])
    func byPath(path: String, type: InventoryType) throws {
        #expect(try items("", path: path).map(\.type) == [type])
        #expect(try items("", path: path + ".txt").isEmpty || path.contains("conf.d"))
        #expect(try items("", path: "x.tar", within: [path]).map(\.type) == [type])
    }
}
