/// The objects of a pack that others may be stored as changes to: those used last, as many as there is memory for.
struct GitObjectCache {
    private struct Slot {
        let object: GitObject
        var lastUse: Int
    }

    private let capacity: Int
    private var held = 0
    private var clock = 0
    private var slots: [Int: Slot] = [:]
    private var places: [[UInt8]: Int] = [:]
    /// Places in the order of use; what was used again later stands here more than once.
    private var order: [(place: Int, use: Int)] = []
    private var oldest = 0

    init(capacity: Int) { self.capacity = capacity }

    /// The object that begins at `place` in the pack.
    mutating func object(at place: Int) -> GitObject? {
        guard let slot = slots[place] else { return nil }
        touch(place)
        return slot.object
    }

    mutating func object(named name: [UInt8]) -> GitObject? {
        places[name].flatMap { object(at: $0) }
    }

    mutating func insert(_ object: GitObject, at place: Int) {
        let weight = Self.weight(of: object)
        guard weight <= capacity, slots[place] == nil else { return }
        held += weight
        slots[place] = Slot(object: object, lastUse: 0)
        if let name = object.name { places[name] = place }
        touch(place)
        while held > capacity { dropOldest() }
    }

    private mutating func touch(_ place: Int) {
        clock += 1
        slots[place]?.lastUse = clock
        order.append((place, clock))
        guard order.count > 4 * slots.count + 1_000 else { return }
        order = order[oldest...].filter { slots[$0.place]?.lastUse == $0.use }
        oldest = 0
    }

    private mutating func dropOldest() {
        while oldest < order.count {
            let (place, use) = order[oldest]
            oldest += 1
            guard let slot = slots[place], slot.lastUse == use else { continue }
            held -= Self.weight(of: slot.object)
            if let name = slot.object.name, places[name] == place { places[name] = nil }
            slots[place] = nil
            return
        }
    }

    /// With what the tables around it take.
    private static func weight(of object: GitObject) -> Int { object.content.count + 300 }
}
