internal import Archives
internal import HTTP
internal import Model

/// A container engine behind its socket: Docker's, or Podman's, which answers the same questions.
struct Engine: Sendable {
    /// What the engine says of an image.
    struct Description {
        /// The digest of its configuration, or of its manifest or index: that is the engine's choice.
        let id: Digest
        let diffIDs: [Digest]
    }

    /// Where it was found.
    let place: String
    private let base: String
    private let questions: HTTPClient
    /// Before the first byte comes, an engine may have to put the whole image together.
    private let exports: HTTPClient

    private static let exportPatience = Duration.seconds(600)
    private static let messageLimit = 4 << 10

    /// The first engine that answers at one of `addresses`.
    static func find(_ addresses: [String], for reference: ImageReference) throws(ImageError) -> Engine {
        var failures: [String] = []
        for address in addresses {
            do throws(EngineAddress.Refusal) {
                return try Engine(at: address)
            } catch {
                failures.append("\(ShownAddress.text(address)) \(error.reason)")
            }
        }
        throw ImageError(
            .noEngine, at: reference.text, "no engine answers",
            underlying: failures.isEmpty ? "it is not known where one is" : failures.joined(separator: "; "))
    }

    /// The engine at `address`, once it has said that it is one.
    private init(at address: String) throws(EngineAddress.Refusal) {
        place = address
        var settings = HTTPSettings()
        let location = try EngineAddress(address)
        try location.check()
        switch location {
        case .socket(let path):
            settings.unixSocket = path
            base = "http://localhost"
        case .loopback(let address):
            base = address.text
        }
        settings.redirectLimit = 0
        questions = HTTPClient(settings)
        settings.stallTimeout = Self.exportPatience
        exports = HTTPClient(settings)
        let answer: HTTPResponse
        do throws(HTTPError) {
            answer = try questions.open(HTTPRequest(try HTTPAddress(base + "/_ping")))
        } catch {
            throw EngineAddress.Refusal("does not answer: \(Self.words(error))")
        }
        guard answer.status == 200, answer.header("Api-Version") != nil else {
            throw EngineAddress.Refusal("answers with status \(answer.status), and not as an engine does")
        }
    }

    /// What the engine knows of the image that `reference` names.
    func describe(_ reference: ImageReference) throws(ImageError) -> Description {
        let answer: HTTPResponse
        do throws(HTTPError) {
            answer = try questions.open(HTTPRequest(try address(of: reference.path, "json")))
        } catch {
            throw ImageError(
                .unreadable, at: reference.text, "engine at \(place) does not answer",
                underlying: Self.words(error))
        }
        let bytes = try DocumentReader.bytes(EngineStream(answer, from: place), at: reference.text)
        switch answer.status {
        case 200: break
        case 404:
            throw ImageError(
                .notFound, at: reference.text, "engine at \(place) has no such image",
                underlying: Self.message(bytes))
        default:
            throw ImageError(
                .unreadable, at: reference.text, "engine at \(place) refuses with status \(answer.status)",
                underlying: Self.message(bytes))
        }
        let document = try DocumentReader.decode(bytes, as: Documents.EngineImage.self, at: reference.text)
        guard let id = Digest(document.id) ?? Digest("sha256:" + document.id) else {
            throw ImageError(.malformedDocument, at: reference.text, "engine gives the image no valid id")
        }
        return Description(id: id, diffIDs: (document.rootfs?.layers ?? []).compactMap { Digest($0) })
    }

    /// The tar stream of the image with this id, from its start.
    func export(_ id: Digest) throws(ArchiveError) -> any ByteSource {
        let answer: HTTPResponse
        do throws(HTTPError) {
            answer = try exports.open(HTTPRequest(try address(of: id.text, "get")))
        } catch {
            throw ArchiveError(
                .unreadable, "engine at \(place) does not answer",
                underlying: Self.words(error))
        }
        guard answer.status == 200 else {
            throw ArchiveError(
                .unreadable, "engine at \(place) does not give the image: status \(answer.status)",
                underlying: Self.message(try answer.readAll(limit: Self.messageLimit + 1)))
        }
        return EngineStream(answer, from: place)
    }

    /// What went wrong, without the address: behind a socket that names nobody.
    static func words(_ error: HTTPError) -> String {
        [error.reason, error.underlying].compactMap(\.self).joined(separator: ": ")
    }

    private func address(of name: String, _ question: String) throws(HTTPError) -> HTTPAddress {
        try HTTPAddress("\(base)/images/\(Self.encoded(name))/\(question)")
    }

    /// `name` as one component of a path, whatever is in it.
    private static func encoded(_ name: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~".utf8)
        return name.utf8.map { byte in
            if plain.contains(byte) { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }

    /// What the engine says went wrong.
    private static func message(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= messageLimit else { return nil }
        let document = try? DocumentReader.decode(bytes, as: Documents.EngineComplaint.self, at: "")
        return document?.message
    }
}
