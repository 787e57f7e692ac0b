/// The name that was probably meant.
package enum Suggestion {
    private static let longest = 64

    /// The name nearest to `written`, in quotes, where one is near enough; of equally near ones the first.
    package static func nearest(to written: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(written.lowercased().unicodeScalars.prefix(longest + 1))
        guard !wanted.isEmpty, wanted.count <= longest else { return nil }
        var best: (name: String, distance: Int)?
        for name in names {
            let candidate = Array(name.lowercased().unicodeScalars.prefix(longest))
            // A third of the letters may be wrong, and of a short name one.
            let limit = min(max(1, max(wanted.count, candidate.count) / 3), (best?.distance ?? .max) - 1)
            guard limit >= 0, abs(candidate.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, candidate)
            if distance <= limit { best = (name, distance) }
        }
        return best.map { DisplayText.quoted($0.name) }
    }

    /// How many letters must be put in, left out, replaced or swapped with the next to get from one to the other.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var previous: [Int] = []
        var current = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            let before = previous
            previous = current
            current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(previous[column + 1] + 1, current[column] + 1)
                cost = min(cost, previous[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
        }
        return current[right.count]
    }
}
