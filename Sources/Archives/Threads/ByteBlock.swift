/// Memory that stays where it is, for C libraries that keep a pointer between calls.
@safe struct ByteBlock: ~Copyable {
    let bytes: UnsafeMutableBufferPointer<UInt8>

    /// Memory that holds nothing yet: sources fill it before anyone reads it.
    init(capacity: Int) { unsafe bytes = .allocate(capacity: capacity) }

    deinit { unsafe bytes.deallocate() }

    /// Reads at most `limit` bytes of `source` to behind the first `offset`; 0 is the source's end.
    func fill(
        from source: any ByteSource, at offset: Int = 0, limit: Int = .max
    ) throws(ArchiveError) -> Int {
        let room = unsafe bytes.extracting(offset..<bytes.count)
        var span = unsafe MutableSpan(_unsafeElements: room.extracting(0..<min(limit, room.count)))
        return try source.read(into: &span)
    }
}
