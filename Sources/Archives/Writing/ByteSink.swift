/// Where produced bytes go; sinks are stacked: tar, compression, hashing, file.
package protocol ByteSink: AnyObject {
    /// Takes bytes; they are valid only during the call.
    func write(_ bytes: Span<UInt8>) throws(ArchiveWriteError)

    /// Takes notice that nothing more comes, and delivers what was held back.
    func finish() throws(ArchiveWriteError)
}
