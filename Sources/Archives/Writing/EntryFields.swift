internal import CLibArchive

/// Fills libarchive's entry from our header.
///
/// The entry is lent by `WriteHandle.begin`, which frees it.
@safe struct EntryFields {
    private let entry: OpaquePointer
    private let place: String

    init(entry: OpaquePointer, place: String) {
        unsafe self.entry = entry
        self.place = place
    }

    func fill(from header: ArchiveEntryHeader, storesTime: Bool) throws(ArchiveWriteError) {
        var name = header.name
        if header.kind == .folder, name.last != UInt8(ascii: "/") { name.append(UInt8(ascii: "/")) }
        let stored = try terminated(name)
        unsafe archive_entry_copy_pathname(entry, stored)
        try fill(header.kind)
        unsafe archive_entry_set_perm(entry, mode_t(truncatingIfNeeded: header.mode))
        unsafe archive_entry_set_uid(entry, Int64(header.owner))
        unsafe archive_entry_set_gid(entry, Int64(header.group))
        if storesTime { unsafe archive_entry_set_mtime(entry, header.modified, 0) }
        for attribute in header.extendedAttributes {
            unsafe attribute.value.withUnsafeBytes { bytes in
                unsafe archive_entry_xattr_add_entry(entry, attribute.name, bytes.baseAddress, bytes.count)
            }
        }
    }

    private func fill(_ kind: ArchiveEntryHeader.Kind) throws(ArchiveWriteError) {
        unsafe archive_entry_set_size(entry, 0)
        switch kind {
        case .file(let size):
            unsafe archive_entry_set_filetype(entry, 0o100000)
            unsafe archive_entry_set_size(entry, Int64(size))
        case .folder:
            unsafe archive_entry_set_filetype(entry, 0o040000)
        case .symbolicLink(let target):
            unsafe archive_entry_set_filetype(entry, 0o120000)
            let bytes = try terminated(target)
            unsafe archive_entry_copy_symlink(entry, bytes)
        case .hardLink(let target):
            unsafe archive_entry_set_filetype(entry, 0o100000)
            let bytes = try terminated(target)
            unsafe archive_entry_copy_hardlink(entry, bytes)
        case .fifo:
            unsafe archive_entry_set_filetype(entry, 0o010000)
        case .characterDevice(let major, let minor):
            unsafe archive_entry_set_filetype(entry, 0o020000)
            unsafe archive_entry_set_rdevmajor(entry, UInt(major))
            unsafe archive_entry_set_rdevminor(entry, UInt(minor))
        }
    }

    private func terminated(_ bytes: [UInt8]) throws(ArchiveWriteError) -> [CChar] {
        guard !bytes.isEmpty, !bytes.contains(0) else {
            throw ArchiveWriteError(
                code: .entry, place: place, reason: "a name must have bytes, none of them NUL")
        }
        return (bytes + [0]).map { CChar(bitPattern: $0) }
    }
}
