internal import CLibCurl

/// One request and its answer, moved on by whoever reads it: there is no other thread.
@safe final class Transfer {
    private static let waitMilliseconds = 1_000

    let inbox = Inbox()
    private let place: String
    private let easy: EasyHandle
    private let headers: HeaderLines
    private let multi: MultiHandle
    private let pool: ConnectionPool
    private var patience: Patience
    private var isPaused = false
    /// How it ended; nil while it goes on.
    private var outcome: Result<Void, HTTPError>?

    /// Begins `request`; nothing is sent before ``readHead()``.
    init(_ request: HTTPRequest, _ settings: HTTPSettings, pool: ConnectionPool) throws(HTTPError) {
        let easy = try EasyHandle()
        try easy.apply(settings, for: request.address)
        try easy.apply(request)
        var headers = HeaderLines()
        for header in request.headers { try headers.add(header) }
        try unsafe easy.set(CURLOPT_HTTPHEADER, pointer: headers.pointer)
        place = request.address.description
        self.easy = easy
        self.headers = headers
        self.pool = pool
        multi = try pool.take()
        patience = Patience(settings.stallTimeout)
        try receive()
        try multi.check(unsafe curl_multi_add_handle(multi.pointer, self.easy.pointer))
    }

    deinit {
        unsafe _ = curl_multi_remove_handle(multi.pointer, easy.pointer)
        pool.put(back: multi)
    }

    /// Goes on until status and headers are there.
    func readHead() throws(HTTPError) {
        try advance { inbox.head.isComplete }
        guard inbox.head.isComplete else {
            if case .failure(let error)? = outcome { throw error }
            throw HTTPError(.malformed, at: place, "answer is no HTTP", underlying: "it has no head")
        }
    }

    /// Goes on until some of the body is there, and hands it out; 0 is its end.
    func read(into buffer: inout MutableSpan<UInt8>) throws(HTTPError) -> Int {
        guard !buffer.isEmpty else { return 0 }
        try advance { !inbox.isEmpty }
        let count = inbox.take(into: &buffer)
        if count == 0, case .failure(let error)? = outcome { throw error }
        return count
    }

    private func advance(until isReached: () -> Bool) throws(HTTPError) {
        guard !isReached(), outcome == nil else { return }
        if isPaused {
            isPaused = false
            let status = unsafe curl_easy_pause(easy.pointer, CURLPAUSE_CONT)
            if status != CURLE_OK { return outcome = .failure(failure(status)) }
        }
        do throws(HTTPError) {
            while !isReached() {
                if let status = try multi.advance() {
                    return outcome = status == CURLE_OK ? .success(()) : .failure(failure(status))
                }
                if !isReached() { try wait() }
            }
        } catch {
            outcome = .failure(error)
        }
    }

    private func wait() throws(HTTPError) {
        let clock = ContinuousClock()
        let start = clock.now
        try multi.wait(milliseconds: Self.waitMilliseconds)
        guard patience.spend(clock.now - start, received: inbox.received) else {
            throw HTTPError(.timedOut, at: place, "server sends nothing more, or next to nothing")
        }
    }

    private func failure(_ status: CURLcode) -> HTTPError {
        if inbox.isHeadTooLarge { return HTTPError(.tooLarge, at: place, "answer has too many headers") }
        return HTTPError(status, at: place, words: easy.complaint)
    }

    private func receive() throws(HTTPError) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        try unsafe easy.set(CURLOPT_HEADERDATA, pointer: context)
        try unsafe easy.set(CURLOPT_WRITEDATA, pointer: context)
        try unsafe easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let transfer = unsafe Transfer.from(context) else { return 0 }
            let line = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: size * count))
            return transfer.inbox.accept(line: line) ? line.count : 0
        }
        try unsafe easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let transfer = unsafe Transfer.from(context) else { return 0 }
            let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            if unsafe transfer.inbox.accept(body: piece) { return piece.count }
            transfer.isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
