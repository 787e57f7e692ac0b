extension Matcher {
    /// The condition in one line.
    package var words: String {
        switch self {
        case .all(let parts): "(" + parts.map(\.words).joined(separator: " and ") + ")"
        case .any(let parts): "(" + parts.map(\.words).joined(separator: " or ") + ")"
        case .not(let part): "not " + part.words
        case .test(let field, let test): "\(field.name) \(test.words)"
        }
    }
}

extension Matcher.Test {
    /// What is asked, in words.
    package var words: String {
        switch self {
        case .equals(let value): "is \(value.display)"
        case .isIn(let values): "is one of \(values.map(\.display).joined(separator: ", "))"
        case .glob(let glob): "fits \(glob.pattern)"
        case .matches(let pattern): "matches \(pattern.text)"
        case .atLeast(let value): "is at least \(value.display)"
        case .olderThan(let days) where days < 0: "lies less than \(-days) days ahead"
        case .olderThan(let days): "lies more than \(days) days back"
        case .exists(let wanted): wanted ? "is there" : "is not there"
        }
    }
}
