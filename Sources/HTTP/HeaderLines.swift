internal import CLibCurl

/// Header lines to send, as libcurl's list.
@safe struct HeaderLines: ~Copyable {
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    deinit { unsafe curl_slist_free_all(pointer) }

    /// Adds a line; one that would break out of it is refused.
    mutating func add(_ header: HTTPRequest.Header) throws(HTTPError) {
        let line = "\(header.name): \(header.value)"
        guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw HTTPError(.setup, at: "", "header \(header.name) has control characters")
        }
        guard let extended = unsafe curl_slist_append(pointer, line) else {
            throw HTTPError(.setup, at: "", "out of memory")
        }
        unsafe pointer = extended
    }
}
