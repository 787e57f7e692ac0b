package import Model

/// A symbolic link of a layer that leads to no file of the same layer, so that it may lead to a folder.
package struct FolderLink: Hashable, Sendable, Codable {
    package let path: EntryPath
    /// Where it leads by the links of its layer.
    package let target: EntryPath

    /// About how many bytes of memory it takes.
    var weight: Int { 100 + path.bytes.count + target.bytes.count }

    /// Where `link` leads by the links of all `layers`, of which the uppermost comes first.
    package static func end(of link: FolderLink, in layers: [LayerChanges]) -> EntryPath {
        var links = FolderLinks()
        for (number, layer) in layers.enumerated().reversed() {
            for other in layer.folderLinks {
                let isHidden = layers[..<number].contains { upper in
                    let path = upper.trail(of: other.path)
                    return upper.writesFolder(path) || upper.removes(path)
                }
                if !isHidden { links.record(other.path, [UInt8(ascii: "/")] + other.target.bytes) }
            }
        }
        return links.resolved(link.path, followingLast: true) ?? link.target
    }
}
