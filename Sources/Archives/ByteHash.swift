/// A fast hash of bytes, keyed anew in every process, so that nobody can prepare collisions.
package enum ByteHash {
    /// The same for the same bytes as long as this process lives, and no longer.
    package static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hasher = Hasher()
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
