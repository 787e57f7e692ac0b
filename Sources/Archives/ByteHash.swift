/// A fast hash of bytes, keyed anew in every process, so that nobody can prepare collisions.
package enum ByteHash {
    /// The same for the same bytes as long as this process lives, and no longer.
    package static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hasher = Hasher()
        return add(bytes, to: &hasher)
    }

    /// The hash of all that stands before each `separator`, in time that does not grow with their number.
    package static func prefixes(of bytes: ArraySlice<UInt8>, before separator: UInt8) -> [UInt64] {
        var hashes: [UInt64] = []
        var hasher = Hasher()
        var start = bytes.startIndex
        while let end = bytes[start...].dropFirst(hashes.isEmpty ? 0 : 1).firstIndex(of: separator) {
            hashes.append(add(bytes[start..<end], to: &hasher))
            start = end
        }
        return hashes
    }

    private static func add(_ bytes: ArraySlice<UInt8>, to hasher: inout Hasher) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        let reached = hasher
        return UInt64(bitPattern: Int64(reached.finalize()))
    }
}
