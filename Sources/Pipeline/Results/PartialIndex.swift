/// Positions by a key and one detail more, which not everybody knows: who does not know it may mean any.
struct PartialIndex<Key: Hashable, Detail: Hashable> {
    private var positions: [Key: [Detail?: [Int]]] = [:]

    mutating func insert(_ position: Int, _ key: Key, _ detail: Detail?) {
        positions[key, default: [:]][detail, default: []].append(position)
    }

    /// The first position under `key` that `isWanted`, and of which the detail is not known to be another.
    func first(_ key: Key, _ detail: Detail?, where isWanted: (Int) -> Bool = { _ in true }) -> Int? {
        guard let byDetail = positions[key] else { return nil }
        let lists =
            detail == nil ? Array(byDetail.values) : [byDetail[detail], byDetail[nil]].compactMap(\.self)
        return lists.compactMap { $0.first(where: isWanted) }.min()
    }
}
