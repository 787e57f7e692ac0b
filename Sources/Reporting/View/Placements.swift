internal import Model

/// What subjects and their places are of: referred to by thousands, and copied for none.
final class PlacedThings: Sendable {
    let findings: [Finding]
    let inventory: [InventoryItem]

    init(findings: [Finding] = [], inventory: [InventoryItem] = []) {
        self.findings = findings
        self.inventory = inventory
    }
}

/// The places of one secret or thing, or of several things, in order.
package struct Placements: RandomAccessCollection, Sendable {
    private enum Positions {
        case range(Range<Int>)
        case list([Int])
    }

    let things: PlacedThings
    private let positions: Positions
    private let isFindings: Bool

    /// Those of all `findings`, in their order.
    init(_ findings: [Finding]) {
        things = PlacedThings(findings: findings)
        positions = .range(findings.indices)
        isFindings = true
    }

    /// Those of all `items`, in their order.
    init(_ items: [InventoryItem]) {
        things = PlacedThings(inventory: items)
        positions = .range(items.indices)
        isFindings = false
    }

    /// Those of the findings, or else the items, at these positions.
    init(of things: PlacedThings, at positions: [Int], isFindings: Bool) {
        self.things = things
        // Most are one, which needs no memory of its own.
        self.positions = positions.count == 1 ? .range(positions[0]..<positions[0] + 1) : .list(positions)
        self.isFindings = isFindings
    }

    package var startIndex: Int { 0 }

    package var endIndex: Int {
        switch positions {
        case .range(let range): range.count
        case .list(let list): list.count
        }
    }

    package subscript(index: Int) -> Placement {
        Placement(of: things, at: position(index), isFinding: isFindings)
    }

    /// Where among the findings or items the one of a place is.
    func position(_ index: Int) -> Int {
        switch positions {
        case .range(let range): range.lowerBound + index
        case .list(let list): list[index]
        }
    }

    /// The findings themselves.
    var findings: ArraySlice<Finding> {
        switch positions {
        case .range(let range): things.findings[range]
        case .list(let list): list.map { things.findings[$0] }[...]
        }
    }
}
