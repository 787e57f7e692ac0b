internal import CLibCurl
internal import Synchronization

/// Connections that are open and idle, to be used again.
///
/// libcurl keeps them in a multi handle, which only one thread at a time may touch: each transfer takes one out, and
/// puts it back when it is over.
final class ConnectionPool: Sendable {
    private static let limit = 16

    private let idle = Mutex<[MultiHandle]>([])

    func take() throws(HTTPError) -> MultiHandle {
        if let handle = idle.withLock({ $0.popLast() }) { return handle }
        return try MultiHandle()
    }

    func put(back handle: MultiHandle) {
        idle.withLock { if $0.count < Self.limit { $0.append(handle) } }
    }
}

/// Drives transfers, and keeps their connections.
///
/// Sendable although it changes, because nobody but ``ConnectionPool`` and the one transfer that took it has it.
@safe final class MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init() throws(HTTPError) {
        guard let pointer = unsafe curl_multi_init() else {
            throw .noLibrary
        }
        unsafe self.pointer = pointer
    }

    deinit { unsafe _ = curl_multi_cleanup(pointer) }

    /// Moves what can be moved; how the one transfer ended, or nil while it goes on.
    func advance() throws(HTTPError) -> CURLcode? {
        var running: CInt = 0
        try check(unsafe curl_multi_perform(pointer, &running))
        var left: CInt = 0
        while let message = unsafe curl_multi_info_read(pointer, &left) {
            if unsafe message.pointee.msg == CURLMSG_DONE { return unsafe message.pointee.data.result }
        }
        return nil
    }

    /// Waits for something to happen, at most so long.
    func wait(milliseconds: Int) throws(HTTPError) {
        try check(unsafe curl_multi_poll(pointer, nil, 0, CInt(clamping: milliseconds), nil))
    }

    func check(_ status: CURLMcode) throws(HTTPError) {
        guard status != CURLM_OK else { return }
        let words = unsafe curl_multi_strerror(status).map { unsafe String(cString: $0) }
        throw HTTPError(.failed, at: "", "transfer failed", underlying: words)
    }
}
