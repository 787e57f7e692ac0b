/// A file that Git carries commits in: their names, a line each, and behind an empty line a pack.
package enum GitBundle {
    private static let mark = Array("# v2 git bundle\n".utf8)
    private static let border = Array("\n\nPACK".utf8)

    /// How many bytes of what was searched before ``pack(in:)`` has to see again.
    package static let margin = border.count

    /// Whether a file that begins like this is a bundle of version 2 or 3.
    static func begins(_ bytes: Span<UInt8>) -> Bool {
        bytes.count > mark.count
            && mark.indices.allSatisfy {
                bytes[$0] == mark[$0] || $0 == 3 && bytes[3] == UInt8(ascii: "3")
            }
    }

    /// Where in `bytes` the pack begins.
    package static func pack(in bytes: Span<UInt8>) -> Int? {
        ByteSearch.first(of: border, in: bytes).map { $0 + 2 }
    }
}
