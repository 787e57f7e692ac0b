internal import Model

extension ImportedResults {
    /// Changes every text that came from the file, but for digests, which nothing prints unless they are some.
    package mutating func mask(_ masked: (String) -> String) {
        tool = masked(tool)
        version = version.map(masked)
        database = database.map(masked)
        target.name = target.name.map(masked)
        skipped = skipped.map(masked)
        troubles = troubles.map(masked)
        for index in findings.indices { findings[index].mask(masked) }
        for index in items.indices { items[index].mask(masked) }
        for index in passes.indices { passes[index].mask(masked) }
    }
}

extension ImportedFinding {
    fileprivate mutating func mask(_ masked: (String) -> String) {
        rule = masked(rule)
        title = masked(title)
        severity = severity.map(masked)
        suppressed = suppressed.map(masked)
        aliases = aliases.map(masked)
        place.mask(masked)
        attributes = attributes.mapValues { value in
            if case .text(let text) = value { .text(masked(text)) } else { value }
        }
    }
}

extension ImportedPass {
    fileprivate mutating func mask(_ masked: (String) -> String) {
        rule = masked(rule)
        aliases = aliases.map(masked)
        place.mask(masked)
    }
}

extension ImportedItem {
    fileprivate mutating func mask(_ masked: (String) -> String) {
        title = masked(title)
        place.mask(masked)
        attributes = attributes.mapValues { value in
            if case .text(let text) = value { .text(masked(text)) } else { value }
        }
    }
}

extension ImportedPlace {
    fileprivate mutating func mask(_ masked: (String) -> String) {
        within = within.map(masked)
        switch kind {
        case .file(let name): kind = .file(masked(name))
        case .metadata(let name): kind = .metadata(masked(name))
        case .source(let name): kind = .source(masked(name))
        case .image: break
        }
    }
}
