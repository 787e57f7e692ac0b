/// What is compressed in the middle of a program, and as what it was found.
package enum ProgramStream: Sendable {
    case zlibSection
    case zstdSection
    /// What is neither a section nor loaded to run the program: modules and files that PyInstaller packs.
    case zlib
    /// The same at the end of another.
    case nextZlib
    /// Anywhere in it, as `go-bindata` and linkers embed files.
    case gzip

    /// How many bytes come out of one in any case; what breaks before that was most likely none.
    ///
    /// Two bytes and the tables of a block hold together by chance now and then, and what they make of others is long.
    package var leastTelling: Int { self == .zlib ? 4_096 : 100 }

    /// Whether something else than its own bytes speaks for it.
    package var isSection: Bool { self == .zlibSection || self == .zstdSection }
}
