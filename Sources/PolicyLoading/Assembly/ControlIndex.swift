import Model

/// Every spelling of every control of the loaded frameworks, and which control it means.
struct ControlIndex: Sendable {
    /// What a spelling means.
    enum Resolution: Hashable, Sendable {
        case control(ControlName)
        /// Valid once; the framework's successors, and what it notes.
        case withdrawn(framework: String, successors: [String], note: String?)
        /// A control in each of these frameworks.
        case ambiguous([String])
        case unknown(nearest: String?)
        /// A framework that could not be read may have it.
        case undecidable
    }

    private var live: [String: [ControlName]] = [:]
    private var withdrawn: [String: [(framework: String, entry: Framework.Withdrawn)]] = [:]
    /// Names in frameworks whose documents have other mistakes.
    private var unread: Set<String> = []
    /// In the order of the documents, for suggestions.
    private var ids: [String] = []
    private var aliases: [String] = []
    /// Whether some document could not be read at all, so that nobody knows which controls it has.
    var isPartial = false

    /// Adds a framework's controls, aliases and withdrawn ids, and of the `names` in its document those that are none of these.
    mutating func add(_ framework: Framework?, declaring names: Set<String>) {
        guard let framework else {
            unread.formUnion(names)
            return
        }
        for control in framework.controls {
            let reference = ControlName(framework: framework.id, control: control.id)
            for name in Set([control.id] + control.aliases) { live[name, default: []].append(reference) }
        }
        for entry in framework.withdrawn { withdrawn[entry.id, default: []].append((framework.id, entry)) }
        ids += framework.controls.map(\.id)
        aliases += framework.controls.flatMap(\.aliases)
        unread.formUnion(names.filter { live[$0] == nil && withdrawn[$0] == nil })
    }

    /// What `written` means: an id or alias, or one behind its framework's id and a slash.
    func resolve(_ written: String) -> Resolution {
        let parts = written.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let framework = parts.count == 2 ? parts[0] : nil
        let name = parts.last ?? written
        let found = (live[name] ?? []).filter { framework == nil || $0.framework == framework }
        let frameworks = Set(found.map(\.framework)).sorted()
        if let only = found.first, frameworks.count == 1 { return .control(only) }
        guard found.isEmpty else { return .ambiguous(frameworks) }
        let old = (withdrawn[name] ?? []).first { framework == nil || $0.framework == framework }
        if let old {
            return .withdrawn(
                framework: old.framework, successors: old.entry.successors, note: old.entry.note)
        }
        if isPartial || unread.contains(name) { return .undecidable }
        let nearest = Suggestion.nearest(to: name, among: ids) ?? Suggestion.nearest(to: name, among: aliases)
        return .unknown(nearest: nearest)
    }
}
