/// Numbers that compare as the places of things do: many things are sorted more than once, and comparing places is dear.
package struct PlaceOrder {
    private let numbers: [Int]

    /// The order of `things`, of which the first is before the second where `isBefore` says so.
    package init<Thing>(_ things: [Thing], by isBefore: (Thing, Thing) -> Bool) {
        // Evidence is in this order already, so that this is little more than one look at each.
        let order = things.indices.sorted { isBefore(things[$0], things[$1]) }
        var numbers = [Int](repeating: 0, count: things.count)
        for (before, position) in zip(order, order.dropFirst()) {
            numbers[position] = numbers[before] + (isBefore(things[before], things[position]) ? 1 : 0)
        }
        self.numbers = numbers
    }

    package subscript(position: Int) -> Int { numbers[position] }

    /// The number of the first place among those at `positions`.
    package func first(of positions: [Int]) -> Int { positions.lazy.map { numbers[$0] }.min() ?? 0 }
}
