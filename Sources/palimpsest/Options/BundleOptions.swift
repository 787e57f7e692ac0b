import ArgumentParser
import Pipeline

/// Whether to put all that comes out into one file, and who signs it.
struct BundleOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write a bundle as well: evidence, policy, reports and a statement on the image in one file that palimpsest verify checks.",
            valueName: "file"))
    var bundle: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Sign the bundle with this private key (PEM; Ed25519 or ECDSA P-256), such as palimpsest keygen makes.",
            valueName: "file"))
    var signKey: String?

    func validate() throws {
        if bundle == nil, signKey != nil {
            throw ValidationError("--sign-key signs a bundle: add --bundle FILE.")
        }
        if bundle == "-" { throw ValidationError("--bundle takes a file.") }
    }

    /// What was asked for; nil where no bundle was.
    func request(_ environment: [String: String]) -> BundleRequest? {
        bundle.map { file in
            BundleRequest(
                file: file,
                signing: signKey.map { key in
                    SigningRequest(keyFile: key) { () throws(AuditError) in
                        Passphrase.given(environment) ?? Terminal.secret("Passphrase of \(key): ")
                    }
                })
        }
    }
}
