/// One published set of requirements, in one edition; read from `Policies/frameworks/`.
package struct Framework: Hashable, Sendable, Codable {
    /// `owasp-nhi`, `nist-csf`, `nist-sp-800-207`, `nist-sp-800-53`.
    package let id: String
    package let title: String
    /// `2025`, `2.0`, `2020`, `r5`.
    package let edition: String
    package let publisher: String
    /// Where the edition can be read.
    package let source: String
    /// Whether its controls are shown as a scorecard; otherwise they are only referred to.
    package let scored: Bool
    /// What a report must say of the whole, such as that the ids are ours where the publication has none.
    package let note: String?
    package let groups: [Group]
    package let controls: [Control]
    package let withdrawn: [Withdrawn]

    /// An id that was valid once, or looks as if it were, and is refused with its successors named.
    package struct Withdrawn: Hashable, Sendable, Codable {
        package let id: String
        package let successors: [String]
        package let note: String?

        package init(id: String, successors: [String], note: String?) {
            self.id = id
            self.successors = successors
            self.note = note
        }
    }

    /// A part of the framework under which controls are listed: a function and category of the CSF, the tenets of 800-207.
    package struct Group: Hashable, Sendable, Codable {
        package let id: String
        package let title: String
        /// The group this one belongs to, such as a category's function.
        package let parent: String?

        package init(id: String, title: String, parent: String?) {
            self.id = id
            self.title = title
            self.parent = parent
        }
    }

    package init(
        id: String, title: String, edition: String, publisher: String, source: String, scored: Bool,
        note: String?,
        groups: [Group], controls: [Control], withdrawn: [Withdrawn] = []
    ) {
        self.id = id
        self.title = title
        self.edition = edition
        self.publisher = publisher
        self.source = source
        self.scored = scored
        self.note = note
        self.groups = groups
        self.controls = controls
        self.withdrawn = withdrawn
    }
}

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
