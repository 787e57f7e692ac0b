internal import ImageWriting

/// What the user asks for.
struct Arguments {
    static let usage = """
        usage: demo-image DESTINATION [--format FORMAT] [--compression METHOD]
               demo-image --print-secrets

        Builds the demo image, an agentic service whose history shows how secrets stay behind.
        All of its secrets are synthetic: they have the form of real ones and open nothing.

          --format FORMAT        \(ImageFormat.allCases.map(\.rawValue).joined(separator: ", "));
                                 default oci-archive for a DESTINATION that ends in .tar, else oci
          --compression METHOD   \(LayerCompression.allCases.map(\.rawValue).joined(separator: ", ")); default gzip
          --print-secrets        print the planted secrets, one a line; builds an image only if DESTINATION is given
          --help                 print this

        """

    /// What is wrong with the command line.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var destination: String?
    private(set) var compression = LayerCompression.gzip
    private(set) var printsSecrets = false
    private(set) var wantsHelp = false
    private var chosenFormat: ImageFormat?

    var format: ImageFormat {
        chosenFormat ?? (destination?.hasSuffix(".tar") == true ? .ociArchive : .ociLayout)
    }

    init(_ words: [String]) throws(Mistake) {
        var rest = words[...]
        while let word = rest.popFirst() {
            // `--format=oci` and `--format oci` mean the same.
            let parts = word.hasPrefix("--") ? word.split(separator: "=", maxSplits: 1) : []
            if parts.count == 2 { rest = [String(parts[1])] + rest }
            switch parts.first.map({ String($0) }) ?? word {
            case "--format":
                chosenFormat = try Self.choice("--format", rest.popFirst())
            case "--compression":
                compression = try Self.choice("--compression", rest.popFirst())
            case "--print-secrets":
                printsSecrets = true
            case "--help", "-h":
                wantsHelp = true
            default:
                guard !word.hasPrefix("-") else { throw Mistake(description: "unknown option \(word)") }
                guard destination == nil else { throw Mistake(description: "more than one DESTINATION") }
                destination = word
            }
        }
        guard destination != nil || printsSecrets || wantsHelp else {
            throw Mistake(description: "no DESTINATION")
        }
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ option: String, _ word: String?
    ) throws(Mistake) -> Choice {
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        guard let word else { throw Mistake(description: "\(option) needs one of: \(known)") }
        guard let choice = Choice(rawValue: word) else {
            throw Mistake(description: "\(option) \(word): not one of: \(known)")
        }
        return choice
    }
}
