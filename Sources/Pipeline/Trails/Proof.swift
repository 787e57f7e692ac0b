import ImageReading
import Model
import Reporting

/// What came of looking for a finding in its image once more.
package struct Proof: Sendable {
    package enum Verdict: String, Sendable {
        /// What the finding says is there.
        case proven = "PROVEN"
        /// All of it was read, and it is not there.
        case notProven = "NOT PROVEN"
        /// Nobody can tell, because something could not be read or has no place.
        case undecided = "UNDECIDED"
    }

    package let verdict: Verdict
    /// What it rests on, in words.
    let basis: String
    let finding: Finding
    /// As the image itself has it, whatever the evidence says; nil in metadata, and where the image has no such layer.
    let layer: LayerDescriptor?
    let image: ImageFacts
    /// Whether it is the image that the evidence is of, and not another that has the same layer.
    let isSameImage: Bool
    let keyID: String

    /// What is said of it, line by line; nothing of the secret is.
    package var lines: [String] {
        func clean(_ text: String) -> String { SafeText.cleaning(text).text }
        var lines = [
            "\(verdict.rawValue)  \(finding.id)  \(clean(finding.title))",
            "  image        \(clean(image.name)) \(image.digest)"
                + (isSameImage ? "" : ", not the one of the evidence"),
        ]
        if let layer {
            lines.append("  layer        \(layer.index) \(layer.digest)")
        }
        lines.append("  place        \(Self.place(finding.location))")
        if let fingerprint = finding.fingerprint {
            lines.append("  fingerprint  \(fingerprint.short)… under the key \(keyID)")
        }
        return lines + ["  \(clean(basis))"]
    }

    /// File, line and bytes.
    static func place(_ location: Location) -> String {
        let summary = SafeText.cleaning(location.summary).text
        guard let offset = location.offset else { return summary }
        let last = location.length.map { " to \(offset + max($0, 1) - 1)" } ?? ""
        return "\(summary), bytes \(offset)\(last)"
    }
}
