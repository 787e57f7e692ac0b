/// A document to load: where it is from, as people know it, and what it holds.
package struct PolicySource: Hashable, Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
