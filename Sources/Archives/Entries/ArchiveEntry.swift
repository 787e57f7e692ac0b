/// What an archive says of one entry, names as the bytes it stores.
package struct ArchiveEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case folder
        case symbolicLink(target: [UInt8])
        case hardLink(target: [UInt8])
        /// A device, FIFO or socket.
        case special
    }

    /// The name as stored; empty for the content of a single compressed file, which has none.
    package let path: [UInt8]
    package internal(set) var kind: Kind
    /// Content bytes; nil where the format says so only behind the content.
    package let size: Int?
    /// Permission bits with setuid, setgid and sticky.
    package let mode: Int
    package let owner: Int
    package let group: Int
    package let extendedAttributes: [String: [UInt8]]
    /// Whether the content has holes that are not stored.
    package let isSparse: Bool
    package let isEncrypted: Bool
    /// What libarchive thought odd about an entry that it could read all the same.
    package let warning: String?
}
