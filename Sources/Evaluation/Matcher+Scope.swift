internal import Model

extension Matcher {
    /// The only values of the field `key` with which the matcher can hold or be unknown; nil where any may do.
    ///
    /// Only for a field that every subject has.
    func scope(of key: FactKey) -> Set<String>? {
        switch self {
        case .all(let operands):
            let scopes = operands.compactMap { $0.scope(of: key) }
            return scopes.first.map { scopes.dropFirst().reduce($0) { $0.intersection($1) } }
        case .any(let operands):
            let scopes = operands.compactMap { $0.scope(of: key) }
            return scopes.count == operands.count ? scopes.reduce([]) { $0.union($1) } : nil
        case .not: return nil
        case .test(let field, let test): return field.key == key ? test.scope(of: field) : nil
        }
    }
}

extension Matcher.Test {
    fileprivate func scope(of field: FactField) -> Set<String>? {
        switch self {
        case .equals(let value): [value.display]
        case .isIn(let values): Set(values.map(\.display))
        case .glob(let glob) where !field.values.isEmpty: Set(field.values.filter { glob.matches($0) })
        case .glob, .matches, .atLeast, .olderThan, .exists: nil
        }
    }
}
