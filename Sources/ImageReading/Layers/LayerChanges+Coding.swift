internal import Model

extension LayerChanges: Codable {
    private enum Key: String, CodingKey { case whiteouts, opaqueFolders, files, folders, links, isIncomplete }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func hashes(_ key: Key) throws -> [PathTrail.Hash] {
            try values.decode(PackedNumbers.self, forKey: key).joined
        }
        self.init(
            whiteouts: try hashes(.whiteouts), opaqueFolders: try hashes(.opaqueFolders),
            files: try hashes(.files), folders: try hashes(.folders),
            links: try values.decode(HardLinks.self, forKey: .links),
            isIncomplete: try values.decode(Bool.self, forKey: .isIncomplete))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(PackedNumbers(halving: whiteouts), forKey: .whiteouts)
        try values.encode(PackedNumbers(halving: opaqueFolders), forKey: .opaqueFolders)
        try values.encode(PackedNumbers(halving: files), forKey: .files)
        try values.encode(PackedNumbers(halving: folders), forKey: .folders)
        try values.encode(links, forKey: .links)
        try values.encode(isIncomplete, forKey: .isIncomplete)
    }
}
