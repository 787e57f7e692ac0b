internal import Glibc

/// Plain questions to bytes, answered by the C library at the speed of memory.
package enum ByteSearch {
    /// Whether `needle` stands somewhere in `bytes`.
    package static func contains(_ bytes: Span<UInt8>, _ needle: [UInt8]) -> Bool {
        first(of: needle, in: bytes) != nil
    }

    /// Where `needle` first stands in `bytes`.
    package static func first(of needle: [UInt8], in bytes: Span<UInt8>) -> Int? {
        guard let first = needle.first else { return 0 }
        guard needle.count <= bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe needle.withUnsafeBytes { needle in
                guard let start = bytes.baseAddress, let wanted = needle.baseAddress else { return nil }
                var place = unsafe start
                let last = unsafe place + (bytes.count - needle.count)
                while unsafe place <= last {
                    guard let next = unsafe memchr(place, CInt(first), last - place + 1) else { return nil }
                    if unsafe memcmp(next, wanted, needle.count) == 0 {
                        return unsafe next - UnsafeMutableRawPointer(mutating: start)
                    }
                    unsafe place = UnsafeRawPointer(next + 1)
                }
                return nil
            }
        }
    }

    /// Where in `bytes`, from `start` on, `byte` stands first.
    static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress,
                let place = unsafe memchr(base + start, CInt(byte), bytes.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(place) - base
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
