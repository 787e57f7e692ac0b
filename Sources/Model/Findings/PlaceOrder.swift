/// Numbers that compare as the places of things do: many things are sorted more than once, and comparing places is dear.
package struct PlaceOrder {
    private let numbers: [Int]

    /// The order of places.
    package init(_ places: [some Comparable]) {
        // Evidence is in this order already, so that one look at each is enough.
        if places.indices.dropFirst().allSatisfy({ places[$0 - 1] < places[$0] }) {
            numbers = Array(places.indices)
            return
        }
        let order = places.indices.sorted { places[$0] < places[$1] }
        var numbers = [Int](repeating: 0, count: places.count)
        for (before, position) in zip(order, order.dropFirst()) {
            numbers[position] = numbers[before] + (places[before] < places[position] ? 1 : 0)
        }
        self.numbers = numbers
    }

    package subscript(position: Int) -> Int { numbers[position] }

    /// The number of the first place among those at `positions`.
    package func first(of positions: [Int]) -> Int { positions.lazy.map { numbers[$0] }.min() ?? 0 }
}
