import ArgumentParser
import Foundation
import Pipeline

/// `palimpsest keygen`: a pair of keys that sign bundles and check them.
struct KeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Makes a key that signs bundles, and the public key that checks them.",
        discussion: """
            The passphrase is asked for on a terminal, or taken from \(Passphrase.variable); without one the key is not \
            encrypted. The files are PEM (PKCS#8, SPKI): openssl and other programs read them, and their keys do here.

            Examples:
              palimpsest keygen -o ci       writes ci.key and ci.pub
              palimpsest keygen --algorithm ecdsa-p256
            """)

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("What the files are called, before .key and .pub.", valueName: "name"))
    var output = "palimpsest"

    @Option(name: .long, help: "The kind of key: \(SigningKeyFile.algorithms.joined(separator: " or ")).")
    var algorithm = SigningKeyFile.algorithms[0]

    func validate() throws {
        if !SigningKeyFile.algorithms.contains(algorithm) {
            throw ValidationError("--algorithm takes \(SigningKeyFile.algorithms.joined(separator: " or ")).")
        }
    }

    func run() throws {
        try Listing.print { () throws(AuditError) in
            let passphrase = try Passphrase.chosen(ProcessInfo.processInfo.environment)
            return try SigningKeyFile.make(algorithm, at: output, passphrase: passphrase)
        }
    }
}
