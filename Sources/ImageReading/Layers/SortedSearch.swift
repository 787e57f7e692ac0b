/// Binary search.
package enum SortedSearch {
    /// The first of `positions` for which `isReached` holds, which then holds for all behind it; their end where none does.
    package static func first(in positions: Range<Int>, where isReached: (Int) -> Bool) -> Int {
        var low = positions.lowerBound
        var high = positions.upperBound
        while low < high {
            let middle = (low + high) / 2
            if isReached(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Whether `value` is among `sorted`.
    static func contains(_ sorted: [UInt64], _ value: UInt64) -> Bool {
        let position = first(in: sorted.indices) { sorted[$0] >= value }
        return position < sorted.count && sorted[position] == value
    }
}
