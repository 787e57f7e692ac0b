internal import FoundationEssentials

/// Debian's `docker-registry`, on a free port of the loopback interface, its images in a scratch folder.
package struct RealRegistry: Sendable {
    /// Whom it lets in.
    package enum Access: Sendable {
        case everybody
        case user(String, password: String)
        /// Whoever has a token of this service.
        case token(TokenServer)
    }

    /// What it needs, for tests that say so in words.
    package static var isInstalled: Bool {
        ProgramRunner.has("docker-registry", "skopeo", "htpasswd", "openssl", "python3")
    }

    package let port: Int
    private let access: Access
    private let folder: ScratchFolder
    private let service: Service

    package init(_ access: Access = .everybody, authority: TestAuthority? = nil) throws {
        let folder = try ScratchFolder()
        var lines = [
            "version: 0.1", "log: {level: info, accesslog: {disabled: true}}",
            "storage: {filesystem: {rootdirectory: \(folder.path)/images}}", "http:",
            "  addr: 127.0.0.1:0", "  secret: unused",
        ]
        if let authority {
            lines += ["  tls:", "    certificate: \(authority.certificate)", "    key: \(authority.key)"]
        }
        switch access {
        case .everybody: break
        case .user(let user, let password):
            let entry = try ProgramRunner.output(of: "htpasswd", ["-nbBC", "4", user, password])
            try folder.write(entry, to: "users")
            lines += ["auth: {htpasswd: {realm: test, path: \(folder.path)/users}}"]
        case .token(let server):
            lines += [
                "auth:", "  token:", "    realm: http://127.0.0.1:\(server.port)/token",
                "    service: test-registry", "    issuer: test-issuer",
                "    rootcertbundle: \(server.certificate)",
            ]
        }
        let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "config.yml")
        let log = folder.file("log")
        service = try Service("docker-registry", ["serve", file], log: log) { Self.port(in: log) != nil }
        guard let port = Self.port(in: log) else {
            throw ProgramRunner.Failure(description: "docker-registry says no port")
        }
        self.port = port
        self.access = access
        self.folder = folder
    }

    /// Copies what skopeo calls `source` into the registry as `name`.
    package func push(_ source: String, as name: String, all: Bool = false, format: String? = nil) throws {
        var arguments = ["--insecure-policy", "copy", "-q", "--dest-tls-verify=false"]
        arguments += all ? ["--all"] : []
        arguments += format.map { ["--format", $0] } ?? ["--preserve-digests"]
        switch access {
        case .everybody: break
        case .user(let user, let password): arguments += ["--dest-creds", "\(user):\(password)"]
        case .token(let server): arguments += ["--dest-creds", "\(server.user):\(server.password)"]
        }
        _ = try ProgramRunner.output(
            of: "skopeo", arguments + [source, "docker://127.0.0.1:\(port)/\(name)"])
    }

    /// Removes the content of a blob behind the registry's back.
    package func lose(blob hex: String) throws {
        try folder.remove("images/docker/registry/v2/blobs/sha256/\(hex.prefix(2))/\(hex)/data")
    }

    private static func port(in log: String) -> Int? {
        guard let data = FileManager.default.contents(atPath: log) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard let range = text.firstRange(of: "listening on 127.0.0.1:") else { return nil }
        // Without something behind it the number may not be written to its end.
        let digits = text[range.upperBound...].prefix(while: \.isNumber)
        return digits.endIndex < text.endIndex ? Int(digits) : nil
    }
}
