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
    /// How often in a row the server may keep us waiting for nothing, which takes a minute each time.
    private static let stallLimit = 2
    /// What counts as having got on.
    private static let progress = 1 << 20

    private let digest: Digest
    /// As the manifest states it, if it does; nobody has checked it.
    private let size: Int?
    private let session: RegistrySession
    private var response: HTTPResponse
    private var position = 0
    private var resumptions = 0
    /// How often in a row little came between two breaks, and from where on that is told.
    private var setbacks = 0
    private var lastBreak = 0
    private var stalls = 0
    /// Why no more is asked for.
    private var end: ArchiveError?

    private init(
        _ digest: Digest, size: Int?, from session: RegistrySession, _ response: HTTPResponse
    ) {
        self.digest = digest
        self.size = size
        self.session = session
        self.response = response
    }

    static func open(
        _ digest: Digest, size: Int?, from session: RegistrySession
    ) throws(ImageError) -> ResumingSource {
        ResumingSource(digest, size: size, from: session, try Self.request(digest, from: session, start: 0))
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        while true {
            if let end { throw end }
            do throws(ArchiveError) {
                let count = try response.read(into: &buffer)
                position += count
                if count > 0 || buffer.isEmpty || !endsEarly { return count }
                try resume(after: ArchiveError(.truncated, "transfer ended before the blob did"))
            } catch {
                if let end { throw end }
                guard let reason = response.failure, [.truncated, .timedOut].contains(reason.code) else {
                    throw error
                }
                stalls += reason.code == .timedOut ? 1 : 0
                try resume(after: error)
            }
        }
    }

    /// Whether the answer is over and the blob is not: one that is no longer than the connection, or a part of what was
    /// asked for.
    private var endsEarly: Bool {
        guard let size, position < size else { return false }
        if response.status == 206 { return true }
        return response.header("content-length") == nil && response.header("transfer-encoding") == nil
    }

    private func resume(after failure: ArchiveError) throws(ArchiveError) {
        do throws(ArchiveError) {
            try goOn(after: failure)
        } catch {
            end = error
            throw error
        }
    }

    /// Goes on where the last connection ended, or throws what ended it.
    private func goOn(after failure: ArchiveError) throws(ArchiveError) {
        if position - lastBreak >= Self.progress { (setbacks, stalls) = (0, 0) }
        var hasMoved = position > lastBreak
        lastBreak = position
        while stalls < Self.stallLimit, resumptions < resumptionLimit,
            hasMoved || setbacks < Self.outageLimit
        {
            response = try reopened()
            // A server that does not do ranges begins anew.
            guard response.status == 200 else { return }
            if try skip(position) { return }
            stalls += response.failure?.code == .timedOut ? 1 : 0
            hasMoved = false
        }
        throw failure
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

    /// Whether there was so much to pass over before the transfer broke again.
    private func skip(_ count: Int) throws(ArchiveError) -> Bool {
        var scratch = [UInt8](repeating: 0, count: 64 << 10)
        var left = count
        while left > 0 {
            scratch.removeLast(max(0, scratch.count - left))
            var span = scratch.mutableSpan
            let read: Int
            do throws(ArchiveError) { read = try response.read(into: &span) } catch { return false }
            guard read > 0 else { throw ArchiveError(.truncated, "blob became shorter while it was read") }
            left -= read
        }
        return true
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
        guard response.status != 416 else {
            throw ImageError(
                .malformedDocument, at: digest.text, "registry says that the blob ends before byte \(start)")
        }
        throw RegistryAnswer.failure(response, what: "blob", at: digest.text, notes: session.credentialNotes)
    }
}
