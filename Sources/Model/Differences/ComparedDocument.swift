/// One of the documents that are compared.
package struct ComparedDocument: Hashable, Sendable, Codable {
    package enum Form: String, Codable, Sendable, CaseIterable {
        case bundle, evidence, assessment
        /// A folder with the reports on one image.
        case reports
    }

    /// What is known of who signed a bundle.
    package enum Signature: String, Codable, Sendable, CaseIterable {
        /// By nobody.
        case none
        /// By the key that came with it, and anybody can put one there.
        case unchecked
        /// By the key that was given.
        case checked
    }

    package let form: Form
    /// Of the file; of a folder's evidence, or of its assessment where that is all there is.
    package let digest: Digest
    /// Nil for what is no bundle.
    package let signature: Signature?
    /// The key that signed.
    package let keyID: String?
    /// Whether it was judged for this comparison, rather than before.
    package let isJudgedNow: Bool

    package init(
        form: Form, digest: Digest, signature: Signature? = nil, keyID: String? = nil, isJudgedNow: Bool
    ) {
        self.form = form
        self.digest = digest
        self.signature = signature
        self.keyID = keyID
        self.isJudgedNow = isJudgedNow
    }
}
