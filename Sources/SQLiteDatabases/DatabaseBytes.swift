/// The bytes of a database file, of which SQLite asks for one page or the other.
package protocol DatabaseBytes: AnyObject {
    var count: Int { get }

    /// Fills `buffer` with the bytes from `offset` on, all of which there are; false where that cannot be done any more.
    func read(at offset: Int, into buffer: inout MutableSpan<UInt8>) -> Bool
}
