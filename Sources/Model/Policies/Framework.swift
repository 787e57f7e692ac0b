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
