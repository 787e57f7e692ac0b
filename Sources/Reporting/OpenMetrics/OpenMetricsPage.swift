/// Metrics as OpenMetrics has them: family by family, each with its type, unit and help before its samples.
struct OpenMetricsPage {
    enum Kind: String { case gauge, info, stateset }

    /// As they are written.
    private let common: [String]
    private var text = ""
    private var family: SafeText = ""

    /// `common` are the labels of every sample.
    init(common: [(SafeText, SafeText)]) { self.common = common.map(Self.label) }

    mutating func family(_ name: SafeText, _ kind: Kind, _ help: SafeText, unit: SafeText? = nil) {
        family = name
        text += "# TYPE \(name) \(kind.rawValue)\n"
        if let unit { text += "# UNIT \(name) \(unit)\n" }
        text += "# HELP \(name) \(Self.escaped(help))\n"
    }

    mutating func sample(_ suffix: SafeText, _ labels: [(SafeText, SafeText)], _ value: Int) {
        let all = (common + labels.map(Self.label)).joined(separator: ",")
        text += "\(family)\(suffix){\(all)} \(value)\n"
    }

    func finish() -> [UInt8] { Array((text + "# EOF\n").utf8) }

    private static func label(_ name: SafeText, _ value: SafeText) -> String {
        "\(name)=\"\(escaped(value))\""
    }

    private static func escaped(_ text: SafeText) -> String {
        guard text.text.utf8.contains(where: { "\\\"".utf8.contains($0) }) else { return text.text }
        return text.text.replacing(signs: "\\", with: "\\\\").replacing(signs: "\"", with: "\\\"")
    }
}
