/// Positions by a key and one detail more, which not everybody knows: who does not know it may mean any.
struct PartialIndex<Key: Hashable, Detail: Hashable> {
    /// Most keys have one position, which costs no more than that.
    private struct Slot {
        let position: Int
        let detail: Detail?
        var others: [Detail?: [Int]] = [:]
    }

    private var slots: [Key: Slot] = [:]

    mutating func insert(_ position: Int, _ key: Key, _ detail: Detail?) {
        if slots[key] == nil {
            slots[key] = Slot(position: position, detail: detail)
        } else {
            slots[key]?.others[detail, default: []].append(position)
        }
    }

    /// The first position under `key` that `isWanted`, and of which the detail is not known to be another.
    func first(_ key: Key, _ detail: Detail?, where isWanted: (Int) -> Bool = { _ in true }) -> Int? {
        guard let slot = slots[key] else { return nil }
        let isSame = detail == nil || slot.detail == nil || slot.detail == detail
        if isSame, isWanted(slot.position) { return slot.position }
        let lists =
            detail == nil
            ? Array(slot.others.values) : [slot.others[detail], slot.others[nil]].compactMap(\.self)
        return lists.compactMap { $0.first(where: isWanted) }.min()
    }
}
