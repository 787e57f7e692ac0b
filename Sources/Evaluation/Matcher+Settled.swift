internal import Model

extension Matcher {
    /// What is left to ask where `known` has the values of these fields: the same comes out, whatever the others are.
    func settled(by known: some Facts, in fields: Set<FactKey>, asOf: Instant) -> Matcher {
        switch self {
        case .all(let operands):
            let settled = operands.map { $0.settled(by: known, in: fields, asOf: asOf) }
            return settled.contains(where: \.isNever) ? .never : .all(settled.filter { !$0.isAlways })
        case .any(let operands):
            let settled = operands.map { $0.settled(by: known, in: fields, asOf: asOf) }
            return settled.contains(where: \.isAlways) ? .always : .any(settled.filter { !$0.isNever })
        case .not(let operand):
            let operand = operand.settled(by: known, in: fields, asOf: asOf)
            return operand.isNever ? .always : operand.isAlways ? .never : .not(operand)
        case .test(let field, _):
            guard let key = field.key, fields.contains(key) else { return self }
            return switch truth(of: known, asOf: asOf) {
            case .yes: .always
            case .no: .never
            case .unknown: self
            }
        }
    }

    private static let always = Matcher.all([])
    private static let never = Matcher.any([])

    private var isAlways: Bool {
        if case .all(let operands) = self { operands.isEmpty } else { false }
    }

    /// Whether the answer is no, whatever it is asked of.
    var isNever: Bool {
        if case .any(let operands) = self { operands.isEmpty } else { false }
    }
}
