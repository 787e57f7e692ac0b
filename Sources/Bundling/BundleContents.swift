package import Cryptography
package import Model

/// All that goes into a bundle, from which its files follow: the same contents, the same files.
///
/// # What is in a bundle
/// `bundle.json` says how it was judged (``BundleRecord``). `policy/` and `sign-offs/` hold every document that was used.
/// `images/N/` holds an image's evidence, assessment, receipts, what was taken in of other tools' results, its reports and
/// a statement about it. `SHA256SUMS` has the digest of every file but itself and the statements; each statement has the
/// digest of that, and the signature is over the statement. So there is one way only to write a bundle, and whoever checks
/// one makes it again from its evidence and documents and compares every byte.
package struct BundleContents: Sendable {
    /// A document of the policy or of what people signed.
    package struct Document: Hashable, Sendable {
        package let path: String
        package let bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// Whoever signs.
    package struct Signer: Hashable, Sendable {
        let record: BundleRecord.Signer
        let pem: [UInt8]

        /// The one whose signatures `key` checks.
        package init(_ key: VerifyingKey) throws(BundleError) {
            record = BundleRecord.Signer(key)
            do {
                pem = Array(try key.pem().utf8)
            } catch {
                throw BundleError(.assembly, at: BundleContents.keyName, error.description)
            }
        }
    }

    package static let keyName = "signer.pub"
    package static let readmeName = "README.md"
    package static let statementName = "statement.json"
    package static let envelopeName = "statement.dsse.json"

    package let tool: BundleRecord.Tool
    package let asOf: Instant
    package let judging: [String]
    package let formats: [String]
    package let policy: [Document]
    package let signOffs: [Document]
    package let images: [BundledImage]
    /// Nil where nobody signs.
    package let signer: Signer?
    /// The README of another version of the program; nil for our own.
    package let readme: [UInt8]?

    package init(
        tool: BundleRecord.Tool, asOf: Instant, judging: [String], formats: [String], policy: [Document],
        signOffs: [Document],
        images: [BundledImage], signer: Signer?, readme: [UInt8]? = nil
    ) {
        self.tool = tool
        self.asOf = asOf
        self.judging = judging
        self.formats = formats
        self.policy = policy
        self.signOffs = signOffs
        self.images = images
        self.signer = signer
        self.readme = readme
    }

    /// What the bundle says of itself.
    package var record: BundleRecord {
        BundleRecord(
            schemaVersion: BundleRecord.schema, tool: tool, asOf: asOf, judging: judging,
            formats: formats, policy: Self.named(policy, in: "policy"),
            signOffs: Self.named(signOffs, in: "sign-offs"),
            images: images.indices.map(BundledImage.folder), signer: signer?.record)
    }

    /// Every file of the bundle; `sign` gives the signature over a message about the image at a position.
    ///
    /// It is not asked where nobody signs.
    package func files(
        signedBy sign: (_ position: Int, _ message: [UInt8]) throws(BundleError) -> [UInt8]
    ) throws(BundleError) -> [BundleFile] {
        let content = try unsealed().sorted()
        let sums = Checksums.list(content)
        let configuration =
            [ResourceDescriptor(sums)] + Self.described(record.policy, policy)
            + Self.described(record.signOffs, signOffs)
        var files = content + [sums]
        for (position, image) in images.enumerated() {
            let folder = BundledImage.folder(position)
            let name = "\(folder)/\(Self.statementName)"
            let statement = try BundleJSON.encode(
                Statement(image, configuration: configuration), as: name)
            files.append(BundleFile(name: name, bytes: statement))
            guard let signer else { continue }
            let signature = try sign(position, Envelope.message(statement))
            let envelope = Envelope(statement, signature: signature, keyID: signer.record.keyID)
            files.append(
                BundleFile(
                    name: "\(folder)/\(Self.envelopeName)",
                    bytes: try BundleJSON.encode(envelope, as: Self.envelopeName)))
        }
        return files.sorted()
    }

    /// Every file that the list of digests names.
    private func unsealed() throws(BundleError) -> [BundleFile] {
        let record = record
        var files = [
            BundleFile(
                name: BundleRecord.fileName,
                bytes: try BundleJSON.encode(record, as: BundleRecord.fileName)),
            BundleFile(name: Self.readmeName, bytes: readme ?? Array(BundleReadme.text(of: record).utf8)),
        ]
        files += zip(record.policy + record.signOffs, policy + signOffs).map { named, document in
            BundleFile(name: named.file, bytes: document.bytes)
        }
        for (position, image) in images.enumerated() {
            files += try image.files(in: BundledImage.folder(position))
        }
        if let signer { files.append(BundleFile(name: Self.keyName, bytes: signer.pem)) }
        return files
    }

    /// The documents with names that a bundle may have: a number, and what is left of the name people know.
    private static func named(_ documents: [Document], in folder: String) -> [BundleRecord.Document] {
        documents.enumerated().map { position, document in
            let last = document.path.split(separator: "/").last ?? ""
            let plain = String(decoding: last.utf8.filter(BundleFile.isPlain).suffix(60), as: UTF8.self)
            return BundleRecord.Document(
                file: "\(folder)/\(position + 1)-\(plain)", path: document.path)
        }
    }

    private static func described(
        _ named: [BundleRecord.Document], _ documents: [Document]
    ) -> [ResourceDescriptor] {
        zip(named, documents).map { named, document in
            ResourceDescriptor(
                BundleFile(name: named.file, bytes: document.bytes), annotations: ["path": named.path])
        }
    }
}
