import ArgumentParser
import Pipeline

/// `palimpsest verify BUNDLE`: signature, digests, and the verdict derived again.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks a bundle: signature, digests, and that its verdict follows from its evidence.",
        discussion: """
            The evidence in the bundle is judged again under the policy in it, and every byte of what comes out is \
            compared. Whether the evidence is true, only whoever signed can say: give their public key with --key.

            Examples:
              palimpsest verify app.bundle --key ci.pub
              palimpsest verify app.bundle                   all but whose signature it is

            Exit status: 0 all of it holds, whatever the verdict is · 3 something does not, or it cannot be read
            """)

    @Argument(help: ArgumentHelp("The bundle.", valueName: "bundle"))
    var bundle: String

    @Option(
        name: .long,
        help: ArgumentHelp("The public key that must have signed it (PEM).", valueName: "file"))
    var key: String?

    @Flag(name: [.short, .long], help: "Print nothing but errors.")
    var quiet = false

    func run() throws {
        do {
            let verified = try BundleVerification.verify(bundle, key: key)
            // Their colour would not come through what cleans other lists; they are clean as they come.
            for line in quiet ? [] : verified.lines(colour: Console.wantsColour) { try Console.tell(line) }
        } catch {
            Console.complain(error)
            throw ExitStatus.failed.code
        }
    }
}
