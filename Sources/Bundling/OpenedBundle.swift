package import Cryptography

/// A bundle whose bytes, digests and signatures fit together; whether its verdict follows from its evidence is still open.
package struct OpenedBundle: Sendable {
    /// What was found out about who signed.
    package enum Signature: Hashable, Sendable {
        /// By nobody.
        case none
        /// By the key that lies in the bundle, and anybody can put one there.
        case unknownSigner
        /// By the key that was given.
        case givenKey
    }

    package let record: BundleRecord
    package let signature: Signature
    /// In the order of their names.
    package let files: [BundleFile]
    private let contents: [String: [UInt8]]
    private let signatures: [[UInt8]]

    /// Reads a bundle and checks all that takes no judging; with `key`, that it is signed by it.
    package static func open(
        _ bytes: [UInt8], key: VerifyingKey? = nil
    ) throws(BundleError) -> OpenedBundle {
        let files: [BundleFile]
        do throws(BundleError) {
            files = try BundleArchive.read(bytes)
        } catch {
            throw BundleArchive.foreign(bytes) ?? error
        }
        let contents = Dictionary(files.map { ($0.name, $0.bytes) }) { first, _ in first }
        let record = try Self.record(in: contents)
        try checkDigests(files)
        try BundleArchive.requireArchive(bytes, of: files, at: record.asOf)
        let signer = try Self.signer(record, in: contents, given: key)
        var signatures: [[UInt8]] = []
        for folder in record.images {
            let statement = try Self.statement(in: folder, contents)
            guard let signer else { continue }
            signatures.append(try Self.signature(over: statement, in: folder, contents, by: signer))
        }
        let signature: Signature = signer == nil ? .none : key == nil ? .unknownSigner : .givenKey
        return OpenedBundle(
            record: record, signature: signature, files: files, contents: contents, signatures: signatures)
    }

    /// The content of the file `name`.
    package func content(_ name: String) throws(BundleError) -> [UInt8] {
        try Self.content(name, in: contents)
    }

    /// The policy's documents, or what people signed, with the names that people know them by.
    package func documents(
        _ named: [BundleRecord.Document]
    ) throws(BundleError) -> [BundleContents.Document] {
        var documents: [BundleContents.Document] = []
        for document in named {
            documents.append(.init(path: document.path, bytes: try content(document.file)))
        }
        return documents
    }

    /// Nil where nobody signed.
    package func signer() throws(BundleError) -> BundleContents.Signer? {
        guard record.signer != nil else { return nil }
        return try BundleContents.Signer(try Self.key(in: contents))
    }

    /// The reports on the image in `folder`, by their names below it.
    package func reports(in folder: String) -> [BundleFile] {
        let prefix = "\(folder)/"
        return files.filter { $0.name.hasPrefix(prefix + BundledImage.reports) }
            .map { BundleFile(name: String($0.name.dropFirst(prefix.count)), bytes: $0.bytes) }
    }

    /// Compares every file with what follows from `derived`, which was judged anew.
    package func compare(with derived: BundleContents) throws(BundleError) {
        let expected = try derived.files { position, _ in signatures[position] }
        let names = Set(expected.map(\.name))
        for file in files where !names.contains(file.name) {
            throw BundleError(.content, at: file.name, "is nothing that a bundle like this one has")
        }
        // The list and the statements follow from the others: what they differ in is no news.
        let order = expected.filter { !Self.isSeal($0) } + expected.filter(Self.isSeal)
        for file in order {
            guard let stored = contents[file.name] else {
                throw BundleError(.content, at: file.name, "is missing")
            }
            guard stored == file.bytes else {
                throw BundleError(
                    .content, at: file.name, "is not what follows from the evidence and the policy")
            }
        }
    }
}

extension OpenedBundle {
    private static func content(
        _ name: String, in contents: [String: [UInt8]]
    ) throws(BundleError) -> [UInt8] {
        guard let bytes = contents[name] else { throw BundleError(.form, at: name, "is missing") }
        return bytes
    }

    private static func record(in contents: [String: [UInt8]]) throws(BundleError) -> BundleRecord {
        let name = BundleRecord.fileName
        guard let bytes = contents[name] else { throw BundleArchive.foreign(named: Set(contents.keys)) }
        let schema = try BundleJSON.decode(Schema.self, from: bytes, of: name).schemaVersion
        guard schema == BundleRecord.schema else {
            throw BundleError(.form, at: name, "is not of schema \(BundleRecord.schema)")
        }
        let record = try BundleJSON.decode(BundleRecord.self, from: bytes, of: name)
        let documents = (record.policy + record.signOffs).map(\.file)
        // Before anything is done for each of them.
        guard record.images == record.images.indices.map(BundledImage.folder),
            Set(documents).count == documents.count
        else { throw BundleError(.form, at: name, "names a file twice, or one that no bundle has") }
        // Signatures are over statements on images: without any, nobody would have signed anything.
        guard !record.images.isEmpty else { throw BundleError(.form, at: name, "is about no image") }
        return record
    }

    private struct Schema: Decodable { let schemaVersion: String }

    /// Whether it is the list of digests, or lies over that.
    private static func isSeal(_ file: BundleFile) -> Bool {
        file.name == Checksums.fileName
            || [BundleContents.statementName, BundleContents.envelopeName].contains {
                file.name.hasSuffix("/" + $0)
            }
    }

    private static func checkDigests(_ files: [BundleFile]) throws(BundleError) {
        let listed = files.filter { !isSeal($0) }
        guard let stored = files.first(where: { $0.name == Checksums.fileName }) else {
            throw BundleError(.form, at: Checksums.fileName, "is missing")
        }
        if stored != Checksums.list(listed) { throw Checksums.difference(of: listed, from: stored) }
    }

    /// The key that must have signed; nil where the bundle says that nobody did and no key was given.
    private static func signer(
        _ record: BundleRecord, in contents: [String: [UInt8]], given: VerifyingKey?
    ) throws(BundleError) -> VerifyingKey? {
        guard let signer = record.signer else {
            guard given == nil else {
                throw BundleError(.signature, "is signed by nobody, and a key was given")
            }
            return nil
        }
        // Before anything of what the bundle says of it is repeated.
        let inside = try key(in: contents)
        guard BundleRecord.Signer(inside) == signer else {
            throw BundleError(.signature, at: BundleContents.keyName, "is not the key that signed")
        }
        if let given, BundleRecord.Signer(given) != signer {
            throw BundleError(
                .signature, "is signed by the key \(inside.id), and not by the one given, \(given.id)")
        }
        return given ?? inside
    }

    private static func key(in contents: [String: [UInt8]]) throws(BundleError) -> VerifyingKey {
        do {
            return try VerifyingKey.read(pem: try content(BundleContents.keyName, in: contents))
        } catch let error as BundleError {
            throw error
        } catch {
            throw BundleError(.signature, at: BundleContents.keyName, "\(error)")
        }
    }

    /// The statement on the image in `folder`, which must name the list of digests.
    private static func statement(
        in folder: String, _ contents: [String: [UInt8]]
    ) throws(BundleError) -> [UInt8] {
        let name = "\(folder)/\(BundleContents.statementName)"
        let bytes = try content(name, in: contents)
        let statement = try BundleJSON.decode(Statement.self, from: bytes, of: name)
        let sums = BundleFile(
            name: Checksums.fileName, bytes: try content(Checksums.fileName, in: contents))
        guard statement.predicate.configuration.first == ResourceDescriptor(sums) else {
            throw BundleError(.content, at: name, "is about other files than these")
        }
        return bytes
    }

    private static func signature(
        over statement: [UInt8], in folder: String, _ contents: [String: [UInt8]], by key: VerifyingKey
    ) throws(BundleError) -> [UInt8] {
        let name = "\(folder)/\(BundleContents.envelopeName)"
        let envelope = try BundleJSON.decode(
            Envelope.self, from: try content(name, in: contents), of: name)
        guard let text = envelope.signatures.first?.sig, let signature = Base64.decode(Array(text.utf8)),
            Envelope(statement, signature: signature, keyID: key.id) == envelope
        else { throw BundleError(.signature, at: name, "is no envelope of the statement beside it") }
        guard key.verifies(signature, of: Envelope.message(statement)) else {
            throw BundleError(.signature, at: name, "is signed by another key, or was changed since")
        }
        return signature
    }
}
