/// Memory that stays where it is, for C libraries that keep a pointer between calls.
@safe struct ByteBlock: ~Copyable {
    let bytes: UnsafeMutableBufferPointer<UInt8>

    init(capacity: Int) {
        unsafe bytes = .allocate(capacity: capacity)
        unsafe bytes.initialize(repeating: 0)
    }

    deinit { unsafe bytes.deallocate() }

    /// Reads from `source` behind the first `offset` bytes; 0 is the source's end.
    func fill(from source: any ByteSource, at offset: Int = 0) throws(ArchiveError) -> Int {
        var span = unsafe MutableSpan(_unsafeElements: bytes.extracting(offset..<bytes.count))
        return try source.read(into: &span)
    }
}
