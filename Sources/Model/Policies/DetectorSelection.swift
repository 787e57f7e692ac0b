/// The rules to look by, and what whoever chose them should know.
package struct DetectorSelection: Sendable {
    package var rules: [DetectorRule]
    /// What was changed about rules and what could not be carried over from another form, a line each.
    package var notes: [String]

    package init(rules: [DetectorRule], notes: [String] = []) {
        self.rules = rules
        self.notes = notes
    }
}
