package import Model

/// One image as an audit left it, to be held against another audit of it.
package struct AuditedImage: Sendable {
    package let assessment: Assessment
    /// Nil where only what came of judging it is at hand.
    package let evidence: Evidence?
    /// Nil where only its name and digest are known.
    package let policy: Policy?

    package init(_ assessment: Assessment, of evidence: Evidence?, under policy: Policy?) {
        self.assessment = assessment
        self.evidence = evidence
        self.policy = policy
    }

    package var image: ImageFacts { assessment.image }

    /// As the comparison tells of it.
    var told: ComparedAudit { ComparedAudit(assessment, hasEvidence: evidence != nil) }
}
