import Model

/// Every spelling of every control of the loaded frameworks, and which control it means.
struct ControlIndex: Sendable {
    /// A control by its framework and its canonical id.
    struct Reference: Hashable, Sendable {
        let framework: String
        let control: String
    }

    /// What a spelling means.
    enum Resolution: Hashable, Sendable {
        case control(Reference)
        /// Valid once; the framework's successors, and what it notes.
        case withdrawn(framework: String, successors: [String], note: String?)
        /// A control in each of these frameworks.
        case ambiguous([String])
        case unknown(nearest: String?)
        /// A framework that could not be read may have it.
        case undecidable
    }

    private var live: [String: [Reference]] = [:]
    private var withdrawn: [String: [(framework: String, entry: Framework.Withdrawn)]] = [:]
    /// Names in frameworks whose documents have other mistakes.
    private var unread: Set<String> = []
    /// In the order of the documents, canonical ids before aliases, for suggestions.
    private var spellings: [String] = []
    /// Whether some document could not be read at all, so that nobody knows which controls it has.
    var isPartial = false

    /// Adds a framework's controls, aliases and withdrawn ids.
    mutating func add(_ framework: Framework) {
        for control in framework.controls {
            let reference = Reference(framework: framework.id, control: control.id)
            for name in Set([control.id] + control.aliases) { live[name, default: []].append(reference) }
        }
        for entry in framework.withdrawn { withdrawn[entry.id, default: []].append((framework.id, entry)) }
        spellings += framework.controls.map(\.id) + framework.controls.flatMap(\.aliases)
    }

    /// Adds names that a framework gives to controls that could not be read.
    mutating func add(unread names: some Sequence<String>) { unread.formUnion(names) }

    /// What `written` means: an id or alias, or one behind its framework's id and a slash.
    func resolve(_ written: String) -> Resolution {
        let parts = written.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let framework = parts.count == 2 ? parts[0] : nil
        let name = parts.last ?? written
        let found = (live[name] ?? []).filter { framework == nil || $0.framework == framework }
        if let only = found.first, found.count == 1 { return .control(only) }
        guard found.isEmpty else { return .ambiguous(found.map(\.framework)) }
        let old = (withdrawn[name] ?? []).first { framework == nil || $0.framework == framework }
        if let old {
            return .withdrawn(
                framework: old.framework, successors: old.entry.successors, note: old.entry.note)
        }
        if isPartial || unread.contains(name) { return .undecidable }
        return .unknown(nearest: Suggestion.nearest(to: name, among: spellings))
    }
}
