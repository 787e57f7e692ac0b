internal import CLibArchive
internal import Glibc

extension ArchiveEntry {
    /// The values of libarchive's `entry`, copied out because it is used again for the next.
    init(_ entry: OpaquePointer, isNameless: Bool, warning: String?) {
        path = isNameless ? [] : unsafe Self.name(entry)
        kind = unsafe Self.kind(entry)
        size = unsafe archive_entry_size_is_set(entry) != 0 ? max(0, Int(archive_entry_size(entry))) : nil
        mode = unsafe Int(archive_entry_mode(entry) & 0o7777)
        owner = unsafe Int(archive_entry_uid(entry))
        group = unsafe Int(archive_entry_gid(entry))
        extendedAttributes = unsafe Self.extendedAttributes(entry)
        isSparse = unsafe archive_entry_sparse_count(entry) > 0
        isEncrypted = unsafe archive_entry_is_encrypted(entry) != 0
        self.warning = warning
    }

    private static func kind(_ entry: OpaquePointer) -> Kind {
        if let target = unsafe archive_entry_hardlink(entry) {
            return unsafe .hardLink(target: bytes(target))
        }
        return switch unsafe archive_entry_filetype(entry) {
        case S_IFDIR: .folder
        case S_IFLNK:
            .symbolicLink(target: unsafe archive_entry_symlink(entry).map { unsafe bytes($0) } ?? [])
        case S_IFCHR, S_IFBLK, S_IFIFO, S_IFSOCK: .special
        default: .file
        }
    }

    /// The stored bytes, or UTF-8 where the format stores names in another form (7z: UTF-16).
    private static func name(_ entry: OpaquePointer) -> [UInt8] {
        if let stored = unsafe archive_entry_pathname(entry) { return unsafe bytes(stored) }
        guard let text = unsafe archive_entry_pathname_utf8(entry) else { return [] }
        return unsafe bytes(text)
    }

    private static func extendedAttributes(_ entry: OpaquePointer) -> [String: [UInt8]] {
        guard unsafe archive_entry_xattr_reset(entry) > 0 else { return [:] }
        var attributes: [String: [UInt8]] = [:]
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        while unsafe archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK {
            guard let name = unsafe name else { continue }
            let content = unsafe UnsafeRawBufferPointer(start: value, count: unsafe value == nil ? 0 : size)
            unsafe attributes[String(cString: name)] = Array(content)
        }
        return attributes
    }

    private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
}
