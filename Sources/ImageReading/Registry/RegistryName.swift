internal import Model

/// Which image of which registry: `HOST/REPOSITORY[:TAG][@DIGEST]`, with the parts that people leave out filled in.
struct RegistryName: Hashable, Sendable {
    private static let lengthLimit = 255

    /// As it is named: `docker.io`, `localhost:5000`, `[::1]:5000`.
    let host: String
    let repository: String
    let tag: String?
    /// Counts more than the tag, which it may stand beside.
    let digest: Digest?

    /// Reads the name in `reference`.
    init(_ reference: ImageReference) throws(ImageError) {
        var rest = reference.path[...]
        try Self.refuseUser(in: rest, of: reference)
        digest = try Self.digest(takenFrom: &rest, of: reference)
        tag = try Self.tag(takenFrom: &rest, of: reference)
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, Self.isHost(parts[0]) {
            try Self.check(host: parts[0], of: reference)
            host = Self.hubNames.contains(String(parts[0])) ? "docker.io" : String(parts[0])
            rest = parts[1]
        } else {
            host = "docker.io"
        }
        let isShort = host == "docker.io" && !rest.contains("/")
        repository = isShort ? "library/\(rest)" : String(rest)
        try Self.check(String(rest), of: reference)
    }

    /// What a manifest is asked for by.
    var version: String { digest?.text ?? tag ?? "latest" }

    /// Who is asked: the registry of Docker Hub has another name than the one it goes by.
    var server: String { host == "docker.io" ? "registry-1.docker.io" : host }

    private static let hubNames: Set<String> = ["docker.io", "index.docker.io", "registry-1.docker.io"]

    private static func isHost(_ text: Substring) -> Bool {
        text.contains(".") || text.contains(":") || text == "localhost" || text.contains(where: \.isUppercase)
    }

    /// Nothing that would end the host of an address, and begin another part of it.
    private static func check(host: Substring, of reference: ImageReference) throws(ImageError) {
        let isValid = host.allSatisfy { character in
            character.isASCII && (character.isLetter || character.isNumber || ".-:[]".contains(character))
        }
        guard isValid else {
            throw ImageError(.invalidReference, at: reference.text, "name of the registry is no host")
        }
    }

    /// A user and a password would be shown wherever the reference is.
    private static func refuseUser(in rest: Substring, of reference: ImageReference) throws(ImageError) {
        if let scheme = ["https://", "http://"].first(where: rest.hasPrefix) {
            throw ImageError(
                .invalidReference, at: reference.shown,
                "names of images in registries begin with docker://, not \(scheme)")
        }
        guard let at = ShownAddress.user(in: rest), rest[at...].contains("/") else { return }
        throw ImageError(
            .invalidReference, at: reference.shown,
            "user and password are no part of an image's name: docker login or podman login keeps them")
    }

    private static func digest(takenFrom rest: inout Substring, of reference: ImageReference)
        throws(ImageError) -> Digest?
    {
        guard let at = rest.firstIndex(of: "@") else { return nil }
        let text = rest[at...].dropFirst()
        rest = rest[..<at]
        if let digest = Digest(String(text)) { return digest }
        throw ImageError(
            .invalidReference, at: reference.shown,
            text.hasPrefix("sha512:")
                ? "digests other than SHA-256 are not read" : "digest is not sha256: and 64 hex digits")
    }

    private static func tag(takenFrom rest: inout Substring, of reference: ImageReference)
        throws(ImageError) -> String?
    {
        guard let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/"),
            !rest[colon...].contains("]"), rest.contains("/") || !rest.hasPrefix("[")
        else { return nil }
        let tag = rest[colon...].dropFirst()
        rest = rest[..<colon]
        let isValid =
            (1...128).contains(tag.utf8.count) && tag.first != "." && tag.first != "-"
            && tag.utf8.allSatisfy { $0.isNameCharacter || $0.isUpper || $0 == UInt8(ascii: ".") }
        guard isValid else {
            throw ImageError(
                .invalidReference, at: reference.text, "tag is not of letters, digits, '.', '_' and '-'")
        }
        return String(tag)
    }

    private static func check(_ repository: String, of reference: ImageReference) throws(ImageError) {
        func refuse(_ reason: String) -> ImageError {
            ImageError(.invalidReference, at: reference.text, reason)
        }
        guard !repository.isEmpty else { throw refuse("name of the image is missing") }
        guard repository.utf8.count <= lengthLimit else {
            throw refuse("name of the image is longer than \(lengthLimit) characters")
        }
        guard !repository.utf8.contains(where: \.isUpper) else {
            throw refuse("names of images are in lower case")
        }
        let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy(isComponent) else {
            throw refuse("name of the image is not of letters, digits, '.', '_', '-' between slashes")
        }
    }

    /// Letters and digits, with one dot, up to two underscores or any hyphens between them.
    private static func isComponent(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, first.isAlphanumeric,
            last.isAlphanumeric
        else { return false }
        let separators = text.split(whereSeparator: { $0.isASCII && ($0.isLetter || $0.isNumber) })
        return separators.allSatisfy { run in
            run == "." || run == "_" || run == "__" || run.allSatisfy { $0 == "-" }
        }
    }
}

extension UInt8 {
    fileprivate var isUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    fileprivate var isAlphanumeric: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    fileprivate var isNameCharacter: Bool {
        isAlphanumeric || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
    }
}
