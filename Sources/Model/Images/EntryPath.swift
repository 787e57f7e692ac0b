/// The path of an entry in a layer or archive: bytes, since nothing obliges a tar name to be UTF-8.
///
/// Equality and order are those of the bytes, so two names that look alike stay two names.
package struct EntryPath: Hashable, Sendable {
    /// The bytes, without leading `/` or `./`, without trailing `/`.
    package let bytes: [UInt8]

    /// The path as an archive stores it, brought into the one form in which paths are compared.
    ///
    /// Empty and `.` components are dropped. `..` stays: what to do about it is the reader's decision.
    package init(_ stored: some Sequence<UInt8>) {
        let stored = Array(stored)
        var result: [UInt8] = []
        result.reserveCapacity(stored.count)
        var start = 0
        while start < stored.count {
            let end = stored[start...].firstIndex(of: UInt8(ascii: "/")) ?? stored.count
            if end > start, end > start + 1 || stored[start] != UInt8(ascii: ".") {
                if !result.isEmpty { result.append(UInt8(ascii: "/")) }
                result += stored[start..<end]
            }
            start = end + 1
        }
        bytes = result
    }

    /// The path written in `text`.
    package init(_ text: String) { self.init(text.utf8) }

    /// The components between slashes.
    package var components: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "/")) }

    /// The path without its last component; the root is its own parent.
    package var parent: EntryPath { EntryPath(components.dropLast().joined(separator: [UInt8(ascii: "/")])) }
}

extension EntryPath: Comparable {
    package static func < (left: EntryPath, right: EntryPath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension EntryPath: CustomStringConvertible {
    /// The path as people and JSON see it: from `/`, bytes that are no UTF-8 as `\xHH`, a backslash doubled.
    package var description: String { "/" + ReversibleText.string(bytes) }
}

extension EntryPath: WrittenAsText {
    package static var fault: String { "a backslash in a path must be followed by \\ or by xHH" }

    package var written: String { description }

    package static func read(_ written: String) -> EntryPath? {
        ReversibleText.bytes(written).map { EntryPath($0) }
    }
}
