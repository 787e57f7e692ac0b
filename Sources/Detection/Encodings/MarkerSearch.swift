internal import Glibc

/// Finds a byte at the speed of memory.
enum MarkerSearch {
    /// Where `marker` first stands in `bytes`, from `start` on.
    static func first(_ marker: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress,
                let place = unsafe memchr(base + start, Int32(marker), buffer.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(place) - base
        }
    }
}
