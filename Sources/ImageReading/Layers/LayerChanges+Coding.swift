internal import Model

extension LayerChanges: Codable {
    private enum Key: String, CodingKey {
        case hashing, whiteouts, opaqueFolders, files, folders, links, impliedFolders, folderLinks
        case hasMoreFolderLinks, isIncomplete
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func hashes(_ key: Key) throws -> [UInt64] {
            try values.decode(PackedNumbers.self, forKey: key).numbers
        }
        self.init(
            hashing: try values.decode(PathHashing.self, forKey: .hashing), whiteouts: try hashes(.whiteouts),
            opaqueFolders: try hashes(.opaqueFolders),
            files: try hashes(.files), folders: try hashes(.folders),
            links: try values.decode(HardLinks.self, forKey: .links),
            impliedFolders: try hashes(.impliedFolders),
            folderLinks: try values.decode([FolderLink].self, forKey: .folderLinks),
            hasMoreFolderLinks: try values.decode(Bool.self, forKey: .hasMoreFolderLinks),
            isIncomplete: try values.decode(Bool.self, forKey: .isIncomplete))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(hashing, forKey: .hashing)
        try values.encode(PackedNumbers(whiteouts), forKey: .whiteouts)
        try values.encode(PackedNumbers(opaqueFolders), forKey: .opaqueFolders)
        try values.encode(PackedNumbers(files), forKey: .files)
        try values.encode(PackedNumbers(folders), forKey: .folders)
        try values.encode(links, forKey: .links)
        try values.encode(PackedNumbers(impliedFolders), forKey: .impliedFolders)
        try values.encode(folderLinks, forKey: .folderLinks)
        try values.encode(hasMoreFolderLinks, forKey: .hasMoreFolderLinks)
        try values.encode(isIncomplete, forKey: .isIncomplete)
    }
}
