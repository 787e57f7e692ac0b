/// The outcome for a rule, a control or an image.
package enum Status: String, Codable, Sendable, CaseIterable {
    /// Met, with evidence that covers what it took to say so.
    case pass
    /// Met, with something to look at.
    case warn
    /// Not met, and somebody accepted the risk.
    case waived
    /// Not met.
    case fail
    /// Judging it went wrong.
    case error
    /// The evidence it takes is not there, so nobody knows.
    case notAssessed = "not-assessed"
    /// It is not about this image.
    case notApplicable = "not-applicable"
    /// Only a person can tell: no image shows it, or no rule of the policy could find it met.
    case manual
}
