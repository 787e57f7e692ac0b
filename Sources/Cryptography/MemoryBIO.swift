internal import CLibCrypto

/// libcrypto's reader over bytes in memory, or its writer into memory.
@safe struct MemoryBIO: ~Copyable {
    let handle: OpaquePointer

    /// A writer; `cleansed`: into memory that libcrypto wipes, because private keys pass through it.
    init(cleansed: Bool = false) {
        guard let handle = unsafe BIO_new(cleansed ? BIO_s_secmem() : BIO_s_mem()) else {
            preconditionFailure("libcrypto is out of memory")
        }
        unsafe self.handle = handle
    }

    /// A reader over `bytes`, which must outlive it.
    @unsafe init(reading bytes: UnsafeRawBufferPointer) {
        guard let handle = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else {
            preconditionFailure("libcrypto is out of memory")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe BIO_free(handle) }

    /// Everything written so far and not yet read.
    func contents() -> [UInt8] {
        let count = Int(unsafe BIO_ctrl_pending(handle))
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, Int(unsafe BIO_read(handle, buffer.baseAddress, Int32(clamping: count))))
        }
    }
}
