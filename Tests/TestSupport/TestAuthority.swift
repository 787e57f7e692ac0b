/// A certificate authority that nobody trusts who is not told to, with a certificate for this machine.
package struct TestAuthority: Sendable {
    private let folder: ScratchFolder

    /// The certificate to trust.
    package var caFile: String { folder.file("ca.pem") }
    /// What a server shows that goes by 127.0.0.1 and localhost.
    package var certificate: String { folder.file("server.pem") }
    package var key: String { folder.file("server.key") }

    package init() throws {
        folder = try ScratchFolder()
        try folder.write("subjectAltName=IP:127.0.0.1,DNS:localhost\n", to: "names")
        try openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority")
        try openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "server.key",
            "-out", "server.csr", "-subj", "/CN=localhost")
        try openssl(
            "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "server.pem", "-days", "2", "-extfile", "names")
    }

    private func openssl(_ arguments: String...) throws {
        _ = try ProgramRunner.output(of: "openssl", arguments, in: folder.path)
    }
}
