/// One requirement in a framework.
package struct Control: Hashable, Sendable, Codable {
    /// How far the contents of an image can decide the control.
    package enum Reach: String, Codable, Sendable, CaseIterable {
        /// An image can show that it is broken, and complete coverage supports that it is met.
        case decides
        /// An image can show that it is broken; that it is met depends on things outside as well.
        case partial
        /// An image holds hints at most.
        case indicates
        /// Only many images together can tell.
        case fleet
        /// No image can tell.
        case none
    }

    /// The canonical id: `NHI2:2025`, `PR.DS-01`, `ZT-T3`, `AC-4`.
    package let id: String
    package let title: String
    /// The group it is listed under.
    package let group: String
    /// Other spellings that mean this control.
    package let aliases: [String]
    package let reach: Reach
    /// What an image can say of it, in a sentence; nil where `reach` is `none`.
    package let canSay: String?
    /// What it cannot, in a sentence.
    package let cannotSay: String?

    package init(
        id: String, title: String, group: String, aliases: [String] = [], reach: Reach, canSay: String? = nil,
        cannotSay: String? = nil
    ) {
        self.id = id
        self.title = title
        self.group = group
        self.aliases = aliases
        self.reach = reach
        self.canSay = canSay
        self.cannotSay = cannotSay
    }
}
