internal import HTTP

/// The tags that a repository has, for whoever asked for one that it has not.
enum RegistryTags {
    private struct Document: Decodable { let tags: [String]? }

    /// `error` with the tags that there are, where a tag is what was not found and the registry lists them.
    static func adding(to error: ImageError, from session: RegistrySession) -> ImageError {
        guard error.code == .notFound, session.name.digest == nil, let tags = list(session) else {
            return error
        }
        let words = tags.isEmpty ? "none has any" : "there are \(ImageCandidate.list(tags))"
        return ImageError(
            error.code, at: error.place, error.reason,
            underlying: [error.underlying, words].compactMap(\.self).joined(separator: "; "))
    }

    /// Nil where the registry does not say: what is missing was told already.
    private static func list(_ session: RegistrySession) -> [String]? {
        guard let answer = try? session.open("tags/list"), answer.status == 200,
            let bytes = try? DocumentReader.bytes(answer, at: ""),
            let document = try? DocumentReader.decode(bytes, as: Document.self, at: "")
        else { return nil }
        return document.tags ?? []
    }
}
