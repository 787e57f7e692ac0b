package import Cryptography
package import Model

/// What a bundle says of itself: everything that judging again takes beside the evidence and the documents.
package struct BundleRecord: Hashable, Sendable, Codable {
    /// The name and version of the form of bundles.
    package static let schema = "palimpsest.bundle/1"
    package static let fileName = "bundle.json"

    /// The program that made it.
    package struct Tool: Hashable, Sendable, Codable {
        package let name: String
        package let version: String

        package init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// A document as it was used.
    package struct Document: Hashable, Sendable, Codable {
        /// What it is called in the bundle.
        package let file: String
        /// What it is called in assessments: where it was, or what it is among the built-in ones.
        package let path: String
    }

    /// Whose signature the statements bear.
    package struct Signer: Hashable, Sendable, Codable {
        package let algorithm: SignatureAlgorithm
        package let keyID: String

        package init(_ key: VerifyingKey) {
            algorithm = key.algorithm
            keyID = key.id
        }
    }

    package let schemaVersion: String
    package let tool: Tool
    /// The instant at which the evidence was judged.
    package let asOf: Instant
    /// The words of the command line that named the policy, which reports repeat.
    package let judging: [String]
    /// The reports that were rendered, by the ids of their formats.
    package let formats: [String]
    /// Frameworks, rules and trust anchors, in the order in which they were loaded.
    package let policy: [Document]
    /// Waivers and attestations.
    package let signOffs: [Document]
    /// The folders of the images.
    package let images: [String]
    /// Nil where nobody signed.
    package let signer: Signer?
}
