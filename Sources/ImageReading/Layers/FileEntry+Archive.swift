internal import Archives
internal import Model

extension FileEntry {
    /// What the archive says of an entry that comes to lie at `path`, in the words of the model.
    ///
    /// A hard link to a symbolic link, whose target is `symbolic`, is one itself.
    init(_ entry: ArchiveEntry, at path: EntryPath, linkedTo symbolic: [UInt8]?) {
        let kind: Kind =
            switch entry.kind {
            case .file: .file
            case .folder: .folder
            case .symbolicLink(let target): .symbolicLink(target: target)
            case .hardLink(let target):
                symbolic.map { .symbolicLink(target: $0) } ?? .hardLink(target: EntryPath(target))
            case .special: .special
            }
        self.init(
            path: path, kind: kind, size: entry.size ?? 0, mode: entry.mode,
            owner: entry.owner, group: entry.group, extendedAttributes: entry.extendedAttributes)
    }
}
