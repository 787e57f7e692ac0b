internal import Archives
internal import FoundationEssentials
internal import HTTP

/// What a registry means by an answer that is no success.
enum RegistryAnswer {
    private struct Document: Decodable {
        struct Complaint: Decodable { let code: String? }

        let errors: [Complaint]?
    }

    /// The failure that `response` stands for; `what` was asked for at `place`.
    static func failure(_ response: HTTPResponse, what: String, at place: String, notes: String)
        -> ImageError
    {
        let codes = complaints(response)
        let said = codes.isEmpty ? "" : "registry says \(codes.joined(separator: ", "))"
        let words = ["answer \(response.status) from \(response.address)", said].filter { !$0.isEmpty }
            .joined(separator: "; ")
        switch response.status {
        case 401, 403:
            return ImageError(
                .accessDenied, at: place, "access to \(what) is denied, or it does not exist",
                underlying: notes.isEmpty ? words : "\(words); \(notes)")
        case 404:
            let isRepository = codes.contains("NAME_UNKNOWN")
            return ImageError(
                .notFound, at: place,
                isRepository ? "registry has no such repository" : "registry has no such \(what)",
                underlying: words)
        default:
            let asked = response.header("retry-after").flatMap { UInt32($0) }
            let wait = asked.map { "; it asks to come back in \($0) s" } ?? ""
            return ImageError(
                .unavailable, at: place, "registry does not give the \(what)", underlying: words + wait)
        }
    }

    /// The codes that a registry gives for its refusal; its sentences could repeat what it was told in confidence.
    private static func complaints(_ response: HTTPResponse) -> [String] {
        guard let bytes = try? response.readAll(limit: 64 << 10),
            let document = try? JSONDecoder().decode(Document.self, from: Data(bytes))
        else { return [] }
        let codes = (document.errors ?? []).compactMap(\.code)
        return codes.prefix(5).filter { code in
            (1...40).contains(code.utf8.count) && code.allSatisfy { ("A"..."Z").contains($0) || $0 == "_" }
        }
    }
}
