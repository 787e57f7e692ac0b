package import Model

/// A symbolic link of a layer that leads to no file of the same layer, so that it may lead to a folder.
package struct FolderLink: Hashable, Sendable, Codable {
    package let path: EntryPath
    /// Where it leads by the links of its layer.
    package let target: EntryPath

    /// About how many bytes of memory it takes.
    var weight: Int { 100 + path.bytes.count + target.bytes.count }
}
