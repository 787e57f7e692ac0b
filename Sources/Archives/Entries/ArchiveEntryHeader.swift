/// What an archive stores about an entry besides its content.
package struct ArchiveEntryHeader: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A file with this many bytes.
        case file(size: Int)
        case folder
        case symbolicLink(target: [UInt8])
        case hardLink(target: [UInt8])
        case fifo
        case characterDevice(major: Int, minor: Int)
    }

    package struct ExtendedAttribute: Hashable, Sendable {
        package let name: String
        package let value: [UInt8]

        package init(name: String, value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// The name as stored; any bytes but NUL.
    package var name: [UInt8]
    package var kind: Kind
    /// Permission bits with setuid, setgid and sticky.
    package var mode: Int
    package var owner: Int
    package var group: Int
    /// Seconds since 1970; a zip gets none, because it could only say it in the writer's own time zone.
    package var modified: Int
    package var extendedAttributes: [ExtendedAttribute]

    package init(
        name: [UInt8], kind: Kind, mode: Int, owner: Int = 0, group: Int = 0, modified: Int = 0,
        extendedAttributes: [ExtendedAttribute] = []
    ) {
        self.name = name
        self.kind = kind
        self.mode = mode
        self.owner = owner
        self.group = group
        self.modified = modified
        self.extendedAttributes = extendedAttributes
    }

    /// Whether the name or the target has bytes that are no ASCII.
    var hasBinaryNames: Bool {
        switch kind {
        case .symbolicLink(let target), .hardLink(let target): (name + target).contains { $0 >= 0x80 }
        default: name.contains { $0 >= 0x80 }
        }
    }
}
