internal import Archives
internal import Cryptography
internal import FoundationEssentials
internal import Model

/// Reads small JSON documents of an image: bounded, held against their digest, then decoded.
enum DocumentReader {
    static let sizeLimit = 4 << 20
    static let depthLimit = 64
    /// Each takes a hundred times the memory decoded that it takes in the document.
    static let valueLimit = 100_000

    /// The bytes of a document at `place`.
    static func bytes(_ source: any ByteSource, at place: String) throws(ImageError) -> [UInt8] {
        do throws(ArchiveError) {
            let bytes = try source.readAll(limit: sizeLimit + 1)
            guard bytes.count <= sizeLimit else {
                throw ArchiveError(.tooLarge, "document is larger than \(sizeLimit) bytes")
            }
            return bytes
        } catch {
            throw ImageError(error, at: place)
        }
    }

    /// The bytes of the blob that `descriptor` names.
    static func bytes(_ descriptor: BlobDescriptor, in blobs: any BlobStore) throws(ImageError) -> [UInt8] {
        try verified(try blobs.open(descriptor.digest, size: descriptor.size), descriptor)
    }

    /// The bytes of the manifest or index that `descriptor` names.
    static func bytes(manifest descriptor: BlobDescriptor, in blobs: any BlobStore) throws(ImageError)
        -> [UInt8]
    {
        try verified(try blobs.open(manifest: descriptor), descriptor)
    }

    private static func verified(_ source: any ByteSource, _ descriptor: BlobDescriptor) throws(ImageError)
        -> [UInt8]
    {
        let place = descriptor.digest.text
        let bytes = try bytes(source, at: place)
        if let size = descriptor.size, size != bytes.count {
            throw ImageError(.sizeMismatch, at: place, "document has \(bytes.count) bytes, not \(size)")
        }
        guard Digest(sha256: SHA256Hasher.hash(bytes)) == descriptor.digest else {
            throw ImageError(.digestMismatch, at: place, "document does not match its digest")
        }
        return bytes
    }

    /// Decodes `bytes`; never shows any of them in an error.
    ///
    /// Keys are compared in lower case, but with `keepingKeys` they are kept as they are.
    static func decode<Document: Decodable>(
        _ bytes: [UInt8], as type: Document.Type, at place: String, keepingKeys: Bool = false
    ) throws(ImageError) -> Document {
        let (depth, values) = extent(bytes)
        guard depth <= depthLimit else {
            throw ImageError(.malformedDocument, at: place, "document nests deeper than \(depthLimit) levels")
        }
        guard values <= valueLimit else {
            throw ImageError(.tooLarge, at: place, "document has more than \(valueLimit) values")
        }
        guard RepeatedKeys.first(in: bytes, foldingCase: !keepingKeys) == nil else {
            throw ImageError(.malformedDocument, at: place, "document has the same key twice")
        }
        let decoder = JSONDecoder()
        if !keepingKeys {
            decoder.keyDecodingStrategy = .custom { path in
                LowerCaseKey(stringValue: RepeatedKeys.folded(path.last?.stringValue ?? ""))
            }
        }
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw ImageError(
                .malformedDocument, at: place, "document cannot be decoded", underlying: field(error))
        } catch {
            throw ImageError(.malformedDocument, at: place, "document cannot be decoded")
        }
    }

    /// How deep arrays and objects nest, because a decoder that recursed as deep would run out of stack, and about how many
    /// values there are.
    private static func extent(_ bytes: [UInt8]) -> (depth: Int, values: Int) {
        var values = 1
        var depth = 0
        var deepest = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = isInString
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "["), UInt8(ascii: "{"): if !isInString { depth += 1 }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): if !isInString { depth -= 1 }
            case UInt8(ascii: ","): if !isInString { values += 1 }
            default: break
            }
            deepest = max(deepest, depth)
        }
        return (deepest, values)
    }

    /// Where a document is wrong, in words without a value of it.
    private static func field(_ error: DecodingError) -> String {
        let (context, complaint): (DecodingError.Context, String) =
            switch error {
            case .typeMismatch(let type, let context): (context, "is no \(type)")
            case .valueNotFound(_, let context): (context, "is null")
            case .keyNotFound(let key, let context): (context, "lacks \(key.stringValue)")
            case .dataCorrupted(let context): (context, "is no valid JSON")
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "is wrong")
            }
        // Below these the keys are the image's own, and may be anything.
        let isOwn = context.codingPath.map { ["labels", "annotations"].contains($0.stringValue) }
        let known = context.codingPath.prefix((isOwn.firstIndex(of: true) ?? context.codingPath.count) + 1)
        let path = known.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return path.isEmpty ? "it \(complaint)" : "\(path.joined(separator: ".")) \(complaint)"
    }
}

/// A key in the form in which keys are compared.
private struct LowerCaseKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
