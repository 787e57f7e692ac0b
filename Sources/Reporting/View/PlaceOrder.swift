internal import Model

/// Numbers that compare as the places of things do: many things are sorted more than once, and comparing places is dear.
struct PlaceOrder {
    private let numbers: [Int]

    init(_ places: [Location]) {
        // Evidence is in this order already, so that this is little more than one look at each.
        let order = places.indices.sorted { places[$0] < places[$1] }
        var numbers = [Int](repeating: 0, count: places.count)
        for (before, position) in zip(order, order.dropFirst()) {
            numbers[position] = numbers[before] + (places[before] < places[position] ? 1 : 0)
        }
        self.numbers = numbers
    }

    /// The number of the first place among those at `positions`.
    func first(of positions: [Int]) -> Int { positions.lazy.map { numbers[$0] }.min() ?? 0 }
}
