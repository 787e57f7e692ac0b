/// A name as a layer stores it: bytes, written as a literal where they are text.
package struct StoredName: Hashable, Sendable, ExpressibleByStringLiteral {
    package let bytes: [UInt8]

    package init(_ text: String) { bytes = Array(text.utf8) }

    package init(bytes: [UInt8]) { self.bytes = bytes }

    package init(stringLiteral text: String) { self.init(text) }

    /// The name in the folder of this one that a whiteout of it has.
    var whiteout: StoredName {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
            return StoredName(bytes: Array(".wh.".utf8) + bytes)
        }
        return StoredName(bytes: bytes[...slash] + Array(".wh.".utf8) + bytes[(slash + 1)...])
    }

    /// The name that hides everything that lower layers have in the folder of this name.
    var opaqueMarker: StoredName {
        let prefix = bytes.isEmpty || bytes.last == UInt8(ascii: "/") ? bytes : bytes + [UInt8(ascii: "/")]
        return StoredName(bytes: prefix + Array(".wh..wh..opq".utf8))
    }
}
