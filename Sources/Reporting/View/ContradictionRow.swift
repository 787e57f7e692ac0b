internal import Model

/// Something of which detectors say different things.
package struct ContradictionRow: Sendable {
    package let matter: SafeText
    /// What each side says, and who is on it.
    package let sides: SafeText
    /// On how many findings they disagree so; none where it is about the image.
    package let count: Int
    /// The same as what a reader counts, by number.
    package let subjects: [Int]

    init(_ contradiction: Contradiction, numbers: SubjectNumbers) {
        let looked = contradiction.evidence.map { ", looking for \(SafeText.word($0))" as SafeText } ?? .empty
        matter = "\(Self.phrase(contradiction.matter))\(looked)"
        sides = .joined(
            contradiction.sides.map { side in
                let tools = side.tools.prefix(8).map { SafeText.cleaning($0, limit: 120) }
                return "\(.cleaning(side.says, limit: 60)): \(.joined(tools, by: ", "))"
            }, by: "; ")
        count = contradiction.findings.count
        subjects = Set(contradiction.findings.compactMap { numbers[$0] }).sorted()
    }

    /// On how many findings, in words.
    package var amount: SafeText { count == 0 ? "the image" : "\(count, "finding")" }

    private static func phrase(_ matter: Contradiction.Matter) -> SafeText {
        switch matter {
        case .presence: "whether it is there"
        case .check: "whether the check is passed"
        case .verification: "whether the credential works"
        case .suppression: "whether it is to be reported"
        case .signature: "whether a signature holds"
        case .kind: "what it is"
        case .severity: "how severe it is"
        }
    }
}
