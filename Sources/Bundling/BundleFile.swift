/// One file of a bundle.
package struct BundleFile: Hashable, Sendable {
    /// Its path in the bundle, `images/1/evidence.json`.
    package let name: String
    package let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// No longer than what the plain form of tar has room for.
    private static let longestName = 100

    /// Whether a bundle may have a file of this name: plain letters, and no step that leads anywhere else.
    static func isName(_ name: [UInt8]) -> Bool {
        guard (1...longestName).contains(name.count) else { return false }
        let steps = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return steps.allSatisfy { step in
            step.first.map { $0 != UInt8(ascii: ".") } ?? false && step.allSatisfy(isPlain)
        }
    }

    /// Whether it is a letter, digit or mark that means nothing to any program.
    static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension BundleFile: Comparable {
    package static func < (left: BundleFile, right: BundleFile) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}
