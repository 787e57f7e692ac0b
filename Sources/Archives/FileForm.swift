/// What a file is opened as, told from its beginning.
package enum FileForm: Hashable, Sendable {
    /// An archive, or a single compressed file, that begins so many bytes into the file.
    case archive(ArchiveKind, offset: Int)
    /// A program or a script, to which a zip may be appended.
    case program
    case other

    /// The form of a file of which `beginning` is as much as is at hand; a file that is larger is not seen to its end.
    package init(_ beginning: Span<UInt8>) {
        let head = beginning.extracting(first: ArchiveKind.prefixLength)
        if let kind = ArchiveKind.sniff(head) {
            self = .archive(kind, offset: 0)
            return
        }
        let first = FirstBytes(head)
        let isScript = first.begin(with: 0x2321, length: 2)
        guard isScript || !Self.isProgram(first) else {
            self = .program
            return
        }
        if let (kind, offset) = ArchiveKind.behindPrefix(isScript ? beginning : head) {
            self = .archive(kind, offset: offset)
        } else {
            self = isScript ? .program : .other
        }
    }

    /// Whether a file that begins like this is a program of Linux, Windows or macOS.
    private static func isProgram(_ first: FirstBytes) -> Bool {
        first.begin(with: 0x7f45_4c46, length: 4) || first.begin(with: 0x4d5a, length: 2)
            || first.begin(with: 0xcffa_edfe, length: 4) || first.begin(with: 0xcafe_babe, length: 4)
    }
}
