internal import Model

/// What another tool says that it looked at.
package struct ImportedTarget: Hashable, Sendable {
    /// What it calls it.
    package var name: String?
    /// Digests of manifests; of an image in several registries there are several.
    package var manifests: [String] = []
    /// Digests of the configuration, or what the engine it asked calls the image.
    package var images: [String] = []
    /// The layers from the base up, uncompressed or as stored; empty where it lists none.
    package var layers: [String] = []

    package init() {}

    /// No honest results name an image in more ways.
    private static let limit = 200

    mutating func add(manifest digest: String?) { Self.add(digest, to: &manifests) }

    mutating func add(image id: String?) { Self.add(id, to: &images) }

    /// Whether `other` is known by the same digests.
    func isSame(as other: ImportedTarget) -> Bool {
        Set(manifests) == Set(other.manifests) && Set(images) == Set(other.images) && layers == other.layers
    }

    private static func add(_ name: String?, to names: inout [String]) {
        guard let name, names.count < limit, !names.contains(name) else { return }
        names.append(name)
    }

    /// Whether anything in it tells one image from another.
    package var isNamed: Bool { !(manifests.isEmpty && images.isEmpty && layers.isEmpty) }

    /// The digest in `reference`: behind `@`, or all of it.
    static func digest(in reference: String?) -> String? {
        guard let last = reference?.split(separator: "@").last.map(String.init) else { return nil }
        return Digest(last) == nil ? nil : last
    }
}
