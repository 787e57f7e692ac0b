/// Bytes of a stream that were read and are not known to be content: headers, padding, whatever was passed over.
///
/// Usually they all lie in the buffer that was read last and are shown there; what a new buffer would overwrite is kept.
struct UnclaimedBytes {
    /// The headers of no honest entry are longer.
    static let limit = 2 << 20

    /// Where in the stream what is not claimed begins.
    private var start = 0
    /// What lies between there and the buffer.
    private var kept: [UInt8] = []
    /// How many bytes there were no room for.
    private var missing = 0

    /// Keeps what is not claimed of a buffer that is about to be used anew.
    mutating func keep(_ buffer: UnsafeBufferPointer<UInt8>, bufferStart: Int) {
        unsafe append(buffer, bufferStart: bufferStart, upTo: bufferStart + buffer.count)
    }

    /// Takes down that what lies between `first` and `end` in the stream was content.
    ///
    /// Where it does not follow from what was claimed before, bytes were passed over: nothing is claimed then.
    mutating func claim(_ first: Int, _ end: Int, bufferStart: Int) {
        guard first == start, end > start else { return }
        if end >= bufferStart || missing > 0 {
            kept.removeAll(keepingCapacity: true)
            missing = max(0, bufferStart - end)
        } else {
            kept.removeFirst(min(kept.count, end - start))
        }
        start = end
    }

    /// Forgets all that lies before `place`, because nobody read it.
    mutating func jump(to place: Int) {
        kept.removeAll(keepingCapacity: true)
        missing = 0
        start = place
    }

    /// Shows what is not claimed up to `end`, in two parts that meet at `middle`, and claims it.
    mutating func show(
        upTo end: Int, splitAt middle: Int, buffer: UnsafeBufferPointer<UInt8>, bufferStart: Int,
        _ body: (Span<UInt8>, Span<UInt8>, _ missing: Int) -> Void
    ) {
        guard end > start else { return }
        let split = max(0, middle - start)
        if start >= bufferStart, end <= bufferStart + buffer.count {
            let bytes = unsafe Span(_unsafeElements: buffer)
                .extracting((start - bufferStart)..<(end - bufferStart))
            Self.show(bytes, split, missing: 0, body)
        } else {
            unsafe append(buffer, bufferStart: bufferStart, upTo: end)
            let bytes = kept.span.extracting(..<min(kept.count, end - start))
            Self.show(bytes, split, missing: min(missing, end - start - bytes.count), body)
        }
        claim(start, end, bufferStart: bufferStart)
    }

    /// What is not claimed from `place` on, which is not kept any longer; nil where some of it is not at hand.
    mutating func take(
        from place: Int, buffer: UnsafeBufferPointer<UInt8>, bufferStart: Int
    ) -> [UInt8]? {
        unsafe append(buffer, bufferStart: bufferStart, upTo: bufferStart + buffer.count)
        let first = place - start
        guard missing == 0, (0...kept.count).contains(first) else { return nil }
        defer { kept.removeLast(kept.count - first) }
        return Array(kept[first...])
    }

    private static func show(
        _ bytes: Span<UInt8>, _ split: Int, missing: Int,
        _ body: (Span<UInt8>, Span<UInt8>, _ missing: Int) -> Void
    ) {
        let split = min(split, bytes.count)
        body(bytes.extracting(..<split), bytes.extracting(split...), missing)
    }

    private mutating func append(
        _ buffer: UnsafeBufferPointer<UInt8>, bufferStart: Int, upTo end: Int
    ) {
        let first = max(start, bufferStart)
        guard end > first else { return }
        let room = min(end - first, Self.limit - kept.count)
        missing += end - first - room
        let from = first - bufferStart
        unsafe kept.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[from..<(from + room)]))
    }
}
