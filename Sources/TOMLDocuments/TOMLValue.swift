/// A value of a TOML document; dates and times are texts.
package enum TOMLValue: Hashable, Sendable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([TOMLValue])
    case table([String: TOMLValue])

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var number: Double? { if case .number(let number) = self { number } else { nil } }
    package var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    package var list: [TOMLValue]? { if case .list(let list) = self { list } else { nil } }
    package var table: [String: TOMLValue]? { if case .table(let table) = self { table } else { nil } }
}

extension TOMLValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let table = try? container.decode([String: TOMLValue].self) {
            self = .table(table)
        } else if let list = try? container.decode([TOMLValue].self) {
            self = .list(list)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}
