/// Where a value stands in its document, from the inside out: made up to a list only where something is wrong there.
final class JSONPath: Sendable {
    private let key: JSONKey
    private let outer: JSONPath?

    init(_ key: JSONKey, in outer: JSONPath?) {
        self.key = key
        self.outer = outer
    }

    static func list(_ path: JSONPath?) -> [any CodingKey] {
        var keys: [any CodingKey] = []
        var place = path
        while let here = place {
            keys.append(here.key)
            place = here.outer
        }
        return keys.reversed()
    }
}

/// The name of a member or the place of an element.
struct JSONKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "\(intValue)"
        self.intValue = intValue
    }
}
