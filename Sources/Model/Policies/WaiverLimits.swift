/// How far a policy lets people waive what it asks for.
package struct WaiverLimits: Hashable, Sendable {
    /// For how many days at most a rule of this severity may be waived.
    package let days: [Severity: Int]
    /// How many findings and items one waiver may cover in one image.
    package let subjects: Int
    /// How many days before its end a waiver is said to be expiring.
    package let notice: Int

    /// What holds where a policy says nothing.
    package static let usual = WaiverLimits(
        days: [.critical: 30, .high: 90, .medium: 180, .low: 365, .info: 365], subjects: 10, notice: 14)

    package init(days: [Severity: Int], subjects: Int, notice: Int) {
        self.days = days
        self.subjects = subjects
        self.notice = notice
    }

    /// Those for a rule of `severity`.
    package func days(for severity: Severity) -> Int { days[severity] ?? Self.usual.days[severity] ?? 0 }
}
