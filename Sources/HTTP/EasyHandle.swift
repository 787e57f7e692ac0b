internal import CLibCurl

/// One libcurl transfer, freed with its owner.
@safe struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    /// Where libcurl writes what went wrong.
    private let words: UnsafeMutablePointer<CChar>

    /// The library's one-time set-up; a global is initialised once whoever comes first.
    private static let setUp = curl_global_init(palimpsest_global_default)

    init() throws(HTTPError) {
        guard Self.setUp == CURLE_OK, let pointer = unsafe curl_easy_init() else {
            throw .noLibrary
        }
        unsafe self.pointer = pointer
        unsafe words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe _ = palimpsest_set_pointer(pointer, CURLOPT_ERRORBUFFER, words)
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe words.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(unsafe palimpsest_set_number(pointer, option, value))
    }

    /// Sets a text, which libcurl copies.
    func set(_ option: CURLoption, _ value: String) throws(HTTPError) {
        guard !value.utf8.contains(0) else {
            throw HTTPError(.setup, at: "", "a zero byte cannot be sent")
        }
        try check(unsafe palimpsest_set_text(pointer, option, value))
    }

    /// Sets a pointer that must stay valid until the transfer is over.
    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(HTTPError) {
        try check(unsafe palimpsest_set_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, receiver: palimpsest_receiver) throws(HTTPError) {
        try check(unsafe palimpsest_set_receiver(pointer, option, receiver))
    }

    /// What libcurl has to say about the last failure.
    var complaint: String { unsafe String(cString: words) }

    private func check(_ status: CURLcode) throws(HTTPError) {
        guard status == CURLE_OK else { throw HTTPError(status, at: "", words: "") }
    }
}
