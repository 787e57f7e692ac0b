import Archives
import Model

/// What an entry of a layer or of an archive holds beside its content: its name, what it links to, its attributes.
struct EntryText {
    /// From `/`, in the one form in which paths are compared.
    let path: EntryPath
    let linkTarget: [UInt8]?
    let isHardLink: Bool
    let extendedAttributes: [String: [UInt8]]

    /// The text of an entry of a layer.
    init(_ entry: FileEntry) {
        path = entry.path
        extendedAttributes = entry.extendedAttributes
        switch entry.kind {
        case .symbolicLink(let target): (linkTarget, isHardLink) = (target, false)
        case .hardLink(let target): (linkTarget, isHardLink) = (target.bytes, true)
        default: (linkTarget, isHardLink) = (nil, false)
        }
    }

    /// The text of an archive's member.
    init(_ member: ArchiveEntry) {
        path = EntryPath(member.path)
        extendedAttributes = member.extendedAttributes
        switch member.kind {
        case .symbolicLink(let target): (linkTarget, isHardLink) = (target, false)
        case .hardLink(let target): (linkTarget, isHardLink) = (EntryPath(target).bytes, true)
        default: (linkTarget, isHardLink) = (nil, false)
        }
    }
}
