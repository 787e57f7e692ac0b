/// What a tar header says of an entry; its content comes apart from it.
package struct FileEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case folder
        case symbolicLink(target: [UInt8])
        /// Another name for a file of the same layer.
        case hardLink(target: EntryPath)
        /// A device, FIFO or socket.
        case special
    }

    package let path: EntryPath
    package let kind: Kind
    /// Content bytes; 0 for everything but files.
    package let size: Int
    /// Permission bits with setuid, setgid and sticky: 0o4755.
    package let mode: Int
    package let owner: Int
    package let group: Int
    /// Extended attributes by name, such as `security.capability`.
    package let extendedAttributes: [String: [UInt8]]

    package init(
        path: EntryPath, kind: Kind, size: Int, mode: Int, owner: Int, group: Int,
        extendedAttributes: [String: [UInt8]] = [:]
    ) {
        self.path = path
        self.kind = kind
        self.size = size
        self.mode = mode
        self.owner = owner
        self.group = group
        self.extendedAttributes = extendedAttributes
    }
}
