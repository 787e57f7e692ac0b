internal import Model

/// At which place rules name a framework, on average.
struct NamingOrder {
    private var places: [String: (sum: Int, count: Int)] = [:]

    init(_ rules: [Rule]) {
        for rule in rules {
            var named: [String] = []
            for edge in rule.controls where !named.contains(edge.framework) { named.append(edge.framework) }
            for (place, framework) in named.enumerated() {
                places[framework, default: (0, 0)].sum += place
                places[framework, default: (0, 0)].count += 1
            }
        }
    }

    /// The average in thousandths; what no rule names comes after all others.
    subscript(framework: String) -> Int {
        places[framework].map { $0.sum * 1000 / $0.count } ?? Int.max
    }
}
