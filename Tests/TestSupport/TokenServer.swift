internal import FoundationEssentials

/// A service that gives out the tokens which `docker-registry` asks for, signed as it wants them.
package struct TokenServer: Sendable {
    package let port: Int
    package let user: String
    package let password: String
    /// What its signatures are held against.
    package let certificate: String
    private let folder: ScratchFolder
    private let service: Service

    package init(user: String, password: String) throws {
        let folder = try ScratchFolder()
        _ = try ProgramRunner.output(
            of: "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
                "-days", "2", "-subj", "/CN=test-issuer",
            ], in: folder.path)
        try folder.write("\(user):\(password)", to: "user")
        let file = folder.file("port")
        let program = RepositoryRoot.file("Tests/Servers/token.py")
        service = try Service("python3", [program, folder.path], log: folder.file("log")) {
            FileManager.default.fileExists(atPath: file)
        }
        guard let port = Int(String(decoding: try folder.read("port"), as: UTF8.self)) else {
            throw ProgramRunner.Failure(description: "the token server says no port")
        }
        self.port = port
        self.user = user
        self.password = password
        certificate = folder.file("cert.pem")
        self.folder = folder
    }

    /// How many tokens it was asked for.
    package var asked: Int {
        ((try? folder.read("asked")) ?? []).count { $0 == UInt8(ascii: "\n") }
    }
}
