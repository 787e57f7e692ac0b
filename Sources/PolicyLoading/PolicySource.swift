import YAMLDocuments

/// A document to load: where it is from, as people know it, and what it holds.
package struct PolicySource: Hashable, Sendable {
    package let path: String
    package let bytes: [UInt8]
    /// What it was read as when it was built in; nil where it is not.
    private let packed: String?

    package init(path: String, bytes: [UInt8], packed: String? = nil) {
        self.path = path
        self.bytes = bytes
        self.packed = packed
    }

    /// Whether it comes with the program.
    package var isBuiltIn: Bool { packed != nil }

    /// The node of the whole document.
    var root: YAMLNode {
        get throws(YAMLError) {
            var repeats: [YAMLError] = []
            let root = try root(noting: &repeats)
            if let first = repeats.first { throw first }
            return root
        }
    }

    /// The same, with keys that stand a second time noted.
    func root(noting repeats: inout [YAMLError]) throws(YAMLError) -> YAMLNode {
        if let root = packed.flatMap(YAMLNode.init(packed:)) { return root }
        return try YAMLDocument.parse(bytes, file: path, noting: &repeats).root
    }
}
