internal import Archives
internal import HTTP
internal import Model

/// A blob from a registry; where the connection breaks, the rest is fetched over another.
final class ResumingSource: ByteSource {
    private static let resumptionLimit = 10
    /// How much of the blob has to come for every resumption more: some lines break often, and get on all the same.
    private static let share = 8 << 20
    /// How often in a row nothing may come: with the pauses between, a minute in which a registry can start again.
    private static let outageLimit = 6
    /// What counts as having got on.
    private static let progress = 1 << 20

    private let digest: Digest
    private let session: RegistrySession
    private var response: HTTPResponse
    private var position = 0
    private var resumptions = 0
    /// How often in a row little came between two breaks, and from where on that is told.
    private var setbacks = 0
    private var lastBreak = 0

    private init(_ digest: Digest, from session: RegistrySession, _ response: HTTPResponse) {
        self.digest = digest
        self.session = session
        self.response = response
    }

    static func open(_ digest: Digest, from session: RegistrySession) throws(ImageError) -> ResumingSource {
        ResumingSource(digest, from: session, try Self.request(digest, from: session, start: 0))
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        while true {
            do throws(ArchiveError) {
                let count = try response.read(into: &buffer)
                position += count
                return count
            } catch {
                try resume(after: error)
            }
        }
    }

    /// Goes on where the last connection ended, or throws what ended it.
    private func resume(after failure: ArchiveError) throws(ArchiveError) {
        guard let reason = response.failure, [.truncated, .timedOut].contains(reason.code),
            resumptions < resumptionLimit
        else { throw failure }
        if position - lastBreak >= Self.progress { setbacks = 0 }
        lastBreak = position
        response = try reopened()
        // A server that does not do ranges begins anew.
        if response.status == 200 { try skip(position) }
    }

    private var resumptionLimit: Int { Self.resumptionLimit + position / Self.share }

    /// What is left of the blob, asked for until it is given: what broke a transfer often keeps the server away for longer.
    private func reopened() throws(ArchiveError) -> HTTPResponse {
        while true {
            session.retry.pause(session.retry.delay(after: setbacks))
            resumptions += 1
            setbacks += 1
            do throws(ImageError) {
                return try Self.request(digest, from: session, start: position)
            } catch {
                let mayPass = [.unreachable, .unavailable].contains(error.code)
                guard mayPass, setbacks < Self.outageLimit, resumptions < resumptionLimit else {
                    throw ArchiveError(
                        .truncated, "transfer broke, and cannot be resumed: \(error.reason)",
                        underlying: error.underlying)
                }
            }
        }
    }

    private func skip(_ count: Int) throws(ArchiveError) {
        var scratch = [UInt8](repeating: 0, count: 64 << 10)
        var left = count
        while left > 0 {
            scratch.removeLast(max(0, scratch.count - left))
            var span = scratch.mutableSpan
            let read = try response.read(into: &span)
            guard read > 0 else { throw ArchiveError(.truncated, "blob became shorter while it was read") }
            left -= read
        }
    }

    private static func request(_ digest: Digest, from session: RegistrySession, start: Int)
        throws(ImageError) -> HTTPResponse
    {
        let response = try session.open("blobs/\(digest)", rangeStart: start > 0 ? start : nil)
        if response.status == 200 { return response }
        if response.status == 206, start > 0 {
            let range = response.header("content-range") ?? ""
            guard range.hasPrefix("bytes \(start)-") else {
                throw ImageError(
                    .malformedDocument, at: digest.text,
                    "registry sends another part of the blob than asked for")
            }
            return response
        }
        throw RegistryAnswer.failure(response, what: "blob", at: digest.text, notes: session.credentialNotes)
    }
}
