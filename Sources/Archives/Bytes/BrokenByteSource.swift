/// What is left of a source that failed: the failure.
package final class BrokenByteSource: ByteSource {
    private let failure: ArchiveError

    package init(_ failure: ArchiveError) { self.failure = failure }

    package func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int { throw failure }
}
