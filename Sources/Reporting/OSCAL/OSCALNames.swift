internal import Model

/// Ids and texts as OSCAL's data types have them.
struct OSCALNames {
    private let scope: [SafeText]

    init(_ report: Report) throws(ReportError) { scope = ["oscal", try report.identity()] }

    /// The id of something in this assessment, told apart by these texts.
    func uuid(_ parts: SafeText...) -> SafeText { DerivedID.make(scope + parts) }

    func id(_ parts: SafeText...) -> JSONValue { .text(DerivedID.make(scope + parts)) }

    /// Text without spaces at its ends, and never none.
    static func text(_ text: SafeText) -> JSONValue {
        let scalars = text.text.unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "-" }
        return .text(.cleaning(String(scalars[start...end]), limit: .max))
    }

    static func property(_ name: SafeText, _ value: SafeText) -> JSONValue {
        ["name": .text(name), "ns": "urn:palimpsest:oscal", "value": text(value)]
    }

    /// A control's id as a token: `NHI2:2025` is `nhi2-2025`, `AC-4(1)` is `ac-4.1`.
    static func token(_ id: SafeText) -> SafeText {
        var result = ""
        for scalar in id.text.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9", ".", "-", "_": result.unicodeScalars.append(scalar)
            case "(": result += "."
            case ")": break
            default: result += "-"
            }
        }
        let isNamed = result.first.map { $0.isLetter || $0 == "_" } ?? false
        return .cleaning(isNamed ? result : "_" + result)
    }
}
