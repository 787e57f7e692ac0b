import SQLiteDatabases

/// The bytes of a database, of which only so many may be read.
final class StoredBytes: DatabaseBytes {
    private let bytes: [UInt8]
    private var left: Int

    init(_ bytes: [UInt8], readable: Int = .max) {
        self.bytes = bytes
        left = readable
    }

    var count: Int { bytes.count }

    func read(at offset: Int, into buffer: inout MutableSpan<UInt8>) -> Bool {
        left -= buffer.count
        guard left >= 0, offset >= 0, buffer.count <= bytes.count - offset else { return false }
        for index in buffer.indices { buffer[index] = bytes[offset + index] }
        return true
    }
}
