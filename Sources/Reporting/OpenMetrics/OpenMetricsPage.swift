/// Metrics as OpenMetrics has them: family by family, each with its type, unit and help before its samples.
struct OpenMetricsPage {
    enum Kind: String { case gauge, info, stateset }

    private let common: [(name: SafeText, value: SafeText)]
    private var text = ""
    private var family: SafeText = ""

    /// `common` are the labels of every sample.
    init(common: [(name: SafeText, value: SafeText)]) { self.common = common }

    mutating func family(_ name: SafeText, _ kind: Kind, _ help: SafeText, unit: SafeText? = nil) {
        family = name
        text += "# TYPE \(name) \(kind.rawValue)\n"
        if let unit { text += "# UNIT \(name) \(unit)\n" }
        text += "# HELP \(name) \(Self.escaped(help))\n"
    }

    mutating func sample(_ suffix: SafeText, _ labels: [(SafeText, SafeText)], _ value: Int) {
        let all = (common + labels).map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
        text += "\(family)\(suffix){\(all.joined(separator: ","))} \(value)\n"
    }

    func finish() -> [UInt8] { Array((text + "# EOF\n").utf8) }

    private static func escaped(_ text: SafeText) -> String {
        text.text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
