/// Where in an image something is: a place in a file of a layer, or a field of the image's metadata.
package struct Location: Hashable, Sendable {
    /// A layer, named in the three ways other tools name it.
    package struct LayerReference: Hashable, Sendable, Codable {
        /// Counts the non-empty layers from 0 at the base.
        package let index: Int
        /// The digest of the blob as stored, compressed or not.
        package let digest: Digest
        /// The digest of the uncompressed tar stream.
        package let diffID: Digest

        package init(index: Int, digest: Digest, diffID: Digest) {
            self.index = index
            self.digest = digest
            self.diffID = diffID
        }

        private enum CodingKeys: String, CodingKey { case diffID, digest, index }
    }

    /// Nil for the image's metadata.
    package var layer: LayerReference?
    /// The file in the layer; nil for the image's metadata.
    package var path: EntryPath?
    /// The metadata field: `Env/NAME`, `Labels/NAME`, `Cmd`, `Entrypoint`, `Healthcheck`, `User`, `history/5` (from 0).
    package var config: String?
    /// Whether it is an instruction of the history, whose number says nothing of what it is.
    package var isHistory: Bool { config?.hasPrefix("history/") ?? false }
    /// From 1; counts LF within the innermost content.
    package var line: Int?
    /// From 1, in bytes.
    package var column: Int?
    /// From 0, in bytes: into the file as stored in the layer, or into what `within` names last before encodings.
    package var offset: Int?
    /// In bytes.
    package var length: Int?
    /// What was opened inside the file to get there, outermost first: `WEB-INF/lib/b.jar`, `config.yml`.
    ///
    /// What is no content is named behind that: `file name`, `link target`, `extended attribute user.token`, `PAX record
    /// comment`; and last how the text is encoded: `utf-16le`, `utf-16be`, `base64`, `percent`, `json-string`,
    /// `character-references`, `quoted-printable`.
    package var within: [String]

    /// A place in a file of a layer.
    package init(
        layer: LayerReference, path: EntryPath, line: Int? = nil, column: Int? = nil, offset: Int? = nil,
        length: Int? = nil, within: [String] = []
    ) {
        self.layer = layer
        self.path = path
        self.line = line
        self.column = column
        self.offset = offset
        self.length = length
        self.within = within
    }

    /// A place in a field of the image's metadata.
    package init(config: String, offset: Int? = nil, length: Int? = nil, within: [String] = []) {
        self.config = config
        self.offset = offset
        self.length = length
        self.within = within
    }

    /// The place as one line of text, as reports show it: `/app/.env:3`, `/srv/app.jar › config.yml:7`, `Env/TOKEN`.
    package var summary: String {
        let file = config ?? path?.description ?? ""
        let steps = ([file] + within).joined(separator: " › ")
        return line.map { "\(steps):\($0)" } ?? steps
    }
}

extension Location: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        layer = try container.decodeIfPresent(LayerReference.self, forKey: .layer)
        path = try container.decodeIfPresent(EntryPath.self, forKey: .path)
        config = try container.decodeIfPresent(String.self, forKey: .config)
        line = try container.decodeIfPresent(Int.self, forKey: .line)
        column = try container.decodeIfPresent(Int.self, forKey: .column)
        offset = try container.decodeIfPresent(Int.self, forKey: .offset)
        length = try container.decodeIfPresent(Int.self, forKey: .length)
        within = try container.decodeIfPresent([String].self, forKey: .within) ?? []
    }

    private enum CodingKeys: String, CodingKey {
        // In the order of the document, so that nothing is moved to get there.
        case column, config, layer, length, line, offset, path, within
    }
}

extension Location: Comparable {
    /// Metadata first, then by layer, path, what was opened, offset.
    package static func < (left: Location, right: Location) -> Bool {
        let leftLayer = left.layer?.index ?? -1
        let rightLayer = right.layer?.index ?? -1
        guard leftLayer == rightLayer else { return leftLayer < rightLayer }
        guard left.config == right.config else { return (left.config ?? "") < (right.config ?? "") }
        if let leftPath = left.path, let rightPath = right.path, leftPath != rightPath {
            return leftPath < rightPath
        }
        guard left.within == right.within else { return left.within.lexicographicallyPrecedes(right.within) }
        return (left.offset ?? -1, left.length ?? -1) < (right.offset ?? -1, right.length ?? -1)
    }
}
