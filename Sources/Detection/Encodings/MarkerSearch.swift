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

    /// Where `marker` last stands in `bytes`.
    static func last(_ marker: UInt8, in bytes: Span<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            let wanted = UInt64(marker) &* WordSearch.ones
            var end = buffer.count
            while end >= 8 {
                let word = unsafe buffer.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self) ^ wanted
                // Not zero where one of the bytes is.
                if (word &- WordSearch.ones) & ~word & WordSearch.tops != 0 { break }
                end = end &- 8
            }
            return unsafe buffer[..<end].lastIndex(of: marker)
        }
    }
}
