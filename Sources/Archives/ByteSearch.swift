internal import Glibc

/// Plain questions to bytes, answered by the C library at the speed of memory.
package enum ByteSearch {
    /// Whether `needle` stands somewhere in `bytes`.
    package static func contains(_ bytes: Span<UInt8>, _ needle: [UInt8]) -> Bool {
        guard let first = needle.first, needle.count <= bytes.count else { return needle.isEmpty }
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe needle.withUnsafeBytes { needle in
                guard var place = bytes.baseAddress, let wanted = needle.baseAddress else {
                    return false
                }
                let last = unsafe place + (bytes.count - needle.count)
                while unsafe place <= last {
                    guard let next = unsafe memchr(place, CInt(first), last - place + 1) else { return false }
                    if unsafe memcmp(next, wanted, needle.count) == 0 { return true }
                    unsafe place = UnsafeRawPointer(next + 1)
                }
                return false
            }
        }
    }

    /// Whether `bytes` are all zeros.
    package static func isZero(_ bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty else { return true }
        guard bytes[0] == 0 else { return false }
        return unsafe bytes.withUnsafeBytes { bytes in
            guard let first = bytes.baseAddress else { return true }
            // Zero from the first byte on exactly when every byte equals the one after it.
            return unsafe memcmp(first, first + 1, bytes.count - 1) == 0
        }
    }
}
