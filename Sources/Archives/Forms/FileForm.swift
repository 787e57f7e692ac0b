/// What a file is opened as, told from its beginning.
package enum FileForm: Hashable, Sendable {
    /// An archive, or a single compressed file, that begins so many bytes into the file.
    case archive(ArchiveKind, offset: Int)
    /// A program or a script, to which a zip may be appended.
    case program
    /// The objects of a Git repository, from so many bytes into the file on.
    case gitPack(offset: Int)
    /// The same behind more names of commits than are at hand.
    case gitBundle
    /// A zlib stream, as Git keeps each object that is in no pack.
    case zlibStream
    /// An SQLite database.
    case database
    /// The log of one, with what is not yet in the database itself.
    case databaseLog
    /// What Python compiled a module to, with or without the header of a file of its own.
    case compiledPython
    /// The memory of a program that crashed.
    case coreDump
    /// A PNG picture, in which text may stand compressed.
    case picture
    /// A PDF document, of which most stands compressed.
    case document
    /// A module that Erlang or Elixir compiled.
    case compiledErlang
    /// The revisions of a file in a repository of Mercurial.
    case revisionLog
    /// A container that is not opened, as it is called.
    case unopened(String)
    case other

    /// The form of a file of which `beginning` is as much as is at hand; a file that is larger is not seen to its end.
    package init(_ beginning: Span<UInt8>) {
        let head = beginning.extracting(first: ArchiveKind.prefixLength)
        if let kind = ArchiveKind.sniff(head) {
            self = .archive(kind, offset: 0)
            return
        }
        if let name = UnopenedForm.name(beginning) {
            self = .unopened(name)
            return
        }
        let first = FirstBytes(head)
        if let special = Self.special(beginning, first) {
            self = special
            return
        }
        let isScript = first.begin(with: 0x2321, length: 2)
        guard isScript || !Self.isProgram(first) else {
            self = .program
            return
        }
        if let (kind, offset) = ArchiveKind.behindPrefix(isScript ? beginning : head) {
            self = .archive(kind, offset: offset)
        } else {
            self = isScript ? .program : Self.holder(head) ?? .other
        }
    }

    /// The forms in which only parts are compressed.
    private static func holder(_ head: Span<UInt8>) -> FileForm? {
        if PictureTexts.isBegun(by: head) { return .picture }
        if ErlangTerms.isBegun(by: head) { return .compiledErlang }
        return DocumentStreams.isBegun(by: head) ? .document : nil
    }

    /// The forms that are no archive and no program.
    private static func special(_ bytes: Span<UInt8>, _ first: FirstBytes) -> FileForm? {
        guard bytes.count >= 18 else { return nil }
        switch bytes[0] {
        case 0 where RevlogReader.isBegun(by: bytes): return .revisionLog
        case UInt8(ascii: "P") where GitPackReader.isPack(bytes): return .gitPack(offset: 0)
        case UInt8(ascii: "#"):
            guard GitBundle.begins(bytes) else { return nil }
            return GitBundle.pack(in: bytes).map { .gitPack(offset: $0) } ?? .gitBundle
        case 0x78 where ZlibStreams.isHeader(bytes[0], bytes[1]): return .zlibStream
        // "SQLite f", and at its end what no text has.
        case UInt8(ascii: "S") where first.begin(with: 0x5351_4c69_7465_2066, length: 8) && bytes[15] == 0:
            return .database
        case 0x37
        where first.begin(with: 0x377f_0682, length: 4) || first.begin(with: 0x377f_0683, length: 4):
            return .databaseLog
        case 0x7f where first.begin(with: 0x7f45_4c46, length: 4):
            let isBigEndian = bytes[5] == 2
            return bytes[isBigEndian ? 17 : 16] == 4 && bytes[isBigEndian ? 16 : 17] == 0 ? .coreDump : nil
        default: return isCompiledPython(bytes) ? .compiledPython : nil
        }
    }

    /// Whether this is a module as Python 3.8 to 3.14 compile it: a number for the version, and a line break, or the code
    /// itself.
    private static func isCompiledPython(_ bytes: Span<UInt8>) -> Bool {
        guard bytes[2] == 0x0d, bytes[3] == 0x0a else { return PythonCodeObject.magic(bytes) != nil }
        return (3_400..<3_650).contains(Int(bytes[1]) << 8 | Int(bytes[0]))
    }

    /// Whether a file that begins like this is a program of Linux, Windows or macOS.
    private static func isProgram(_ first: FirstBytes) -> Bool {
        first.begin(with: 0x7f45_4c46, length: 4) || first.begin(with: 0x4d5a, length: 2)
            || first.begin(with: 0xcffa_edfe, length: 4) || first.begin(with: 0xcafe_babe, length: 4)
    }
}
