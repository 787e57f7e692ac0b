/// A stream of bytes that is pulled from: files, blobs, decompressors and archive entries all look like this.
package protocol ByteSource: AnyObject {
    /// Fills `buffer` from its start and says how many bytes it wrote; 0 is the end, and stays it.
    ///
    /// Fewer than asked for is no end. Bytes that came before a failure are handed out before it is thrown.
    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int
}

/// A source that lends the memory its bytes lie in, so that whoever only looks at them need not copy them.
package protocol LendingByteSource: ByteSource {
    /// The next bytes, at most `limit`, good until this source is asked for anything again; none at the end.
    @unsafe func lend(limit: Int) throws(ArchiveError) -> UnsafeRawBufferPointer
}

/// A source of known length in which one can jump, so that what nobody wants is never read.
protocol SeekableByteSource: ByteSource {
    var size: Int { get }
    /// From the start; between 0 and `size`.
    var position: Int { get }
    /// Goes to `position`, or to the nearest end where that lies outside.
    func seek(to position: Int)
}

extension ByteSource {
    /// Reads to the end or to `limit` bytes, whichever comes first.
    package func readAll(limit: Int) throws(ArchiveError) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < limit {
            let piece = try readPiece(limit: min(limit - result.count, 64 << 10))
            guard !piece.isEmpty else { break }
            result += piece
        }
        return result
    }

    /// Reads until `count` bytes are there or the source ends.
    package func readPrefix(_ count: Int) throws(ArchiveError) -> [UInt8] { try readAll(limit: count) }

    /// The same, with what came before a failure, if there is one.
    package func readBeginning(_ count: Int) -> (bytes: [UInt8], failure: ArchiveError?) {
        var failure: ArchiveError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            do throws(ArchiveError) {
                while filled < count {
                    let rest = unsafe UnsafeMutableBufferPointer(rebasing: room[filled...])
                    var span = unsafe MutableSpan(_unsafeElements: rest)
                    let read = try read(into: &span)
                    guard read > 0 else { break }
                    filled += read
                }
            } catch {
                failure = error
            }
        }
        return (bytes, failure)
    }

    /// Reads what is left and forgets it; says how much that was.
    package func drain() throws(ArchiveError) -> Int {
        var scratch = [UInt8](repeating: 0, count: 256 << 10)
        var total = 0
        while true {
            var span = scratch.mutableSpan
            let count = try read(into: &span)
            guard count > 0 else { return total }
            total += count
        }
    }

    /// The source as it was, and its first bytes.
    func beginning() throws(ArchiveError) -> (source: any ByteSource, prefix: [UInt8]) {
        let prefix = try readPrefix(6)
        guard let seekable = self as? any SeekableByteSource else {
            return (PrefixedByteSource(prefix: prefix, rest: self), prefix)
        }
        seekable.seek(to: seekable.position - prefix.count)
        return (self, prefix)
    }

    private func readPiece(limit: Int) throws(ArchiveError) -> [UInt8] {
        var piece = [UInt8](repeating: 0, count: limit)
        var span = piece.mutableSpan
        let count = try read(into: &span)
        piece.removeLast(limit - count)
        return piece
    }
}
