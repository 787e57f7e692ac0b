internal import CLibCrypto

/// Collects what libcrypto writes.
///
/// It uses the cleansed kind of memory, because private keys pass through it.
@safe struct CleansedBIO: ~Copyable {
    let handle: OpaquePointer
    private let place: String

    private init(handle: OpaquePointer, place: String) {
        unsafe self.handle = handle
        self.place = place
    }

    deinit { unsafe _ = BIO_free(handle) }

    static func make(place: String) throws(IssuingError) -> CleansedBIO {
        guard let handle = unsafe BIO_new(BIO_s_secmem()) else {
            throw IssuingError(place: place, reason: "out of memory")
        }
        return unsafe CleansedBIO(handle: handle, place: place)
    }

    /// Everything written so far and not yet read.
    func read() throws(IssuingError) -> [UInt8] {
        let length = unsafe BIO_ctrl_pending(handle)
        var bytes = [UInt8](repeating: 0, count: length)
        guard unsafe BIO_read(handle, &bytes, Int32(length)) == Int32(length) else {
            throw IssuingError(place: place, reason: "libcrypto could not read back what it wrote")
        }
        return bytes
    }
}
