/// One kind of credential or setting as data: what it looks like, what it is, what to do.
///
/// Read from `Policies/detectors/`.
package struct DetectorRule: Hashable, Sendable {
    /// How a token proves that it is one, computed from the token alone.
    package enum Checksum: String, Sendable, CaseIterable {
        /// The last six characters are the base-62 CRC-32 of what stands between the prefix and them: GitHub, npm.
        case githubCRC32 = "github-crc32"
        /// Three base64url parts, the first two of which decode to JSON objects.
        case jsonWebToken = "jwt"
        /// Base58 with a double SHA-256 behind the payload: keys of wallets.
        case base58Check = "base58check"
        /// The Luhn digit of a number.
        case luhn
        /// The base64 of a name, a colon and a password, as RFC 7617 has it.
        case basicCredentials = "basic-credentials"
        /// The base64 of text; that text is the secret.
        case base64Text = "base64-text"
        /// The base64 of a key store with a key in it, on one line or several; that store is the secret.
        case base64KeyStore = "base64-key-store"
    }

    /// `github.personal-access-token`: issuer or theme, then what it is.
    package let id: String
    package let title: String
    package let kind: FindingKind
    package var severity: Severity
    package var confidence: Confidence
    /// A PCRE2 pattern; the secret is the group named `secret`, else group 1, else the whole match.
    package let pattern: String
    /// What every match of the pattern has in it, for the engine that tries all rules at once; nil for the pattern itself.
    ///
    /// That engine is fast as long as every rule offers it three characters that stand as they are.
    package let prefilter: String?
    /// The part every such token begins with by format, and which may therefore be shown.
    package let publicPrefix: String
    /// Bits a character (Shannon) that the secret must have at least.
    package let minimumEntropy: Double?
    /// Bits a character by which the secret must surprise who expects words and names made of words.
    package let minimumSurprise: Double?
    /// The same where the secret is letters alone, as words are; nil where that makes no difference.
    package let minimumLetterSurprise: Double?
    /// Whether the secret is the right side of an assignment, where references, placeholders and paths are no secrets.
    package let isAssigned: Bool
    package let checksum: Checksum?
    /// Only in files whose path fits one of these; anywhere where empty.
    package let paths: [Glob]
    /// Only in metadata fields (`Env/*`, `history/*` …) that fit one of these, and in no file; not limited where empty.
    package let fields: [Glob]
    /// PCRE2, against the secret: a match makes it a placeholder or a documented example, and no finding.
    package var allow: [String]
    /// PCRE2, against the path: only in files for which it matches; nil where that does not matter.
    package let pathPattern: String?
    /// What else makes a match no finding.
    package let exceptions: [DetectorException]
    /// In lower case: nothing is found where none of these stands nearby, unless there are none.
    package let keywords: [String]
    /// Whether it comes from another tool's rules, which say nothing of severity, examples and what to do.
    package let isForeign: Bool
    /// Whether such a credential expires unless renewed; nil where that is up to its owner.
    package let expiresByDesign: Bool?
    /// How to revoke and rotate it.
    package let remediation: String
    /// Where the issuer documents the format.
    package let reference: String
    /// Texts in which the rule must find its secret.
    ///
    /// `<alnum:36>` stands for that many random characters of the class.
    package let examples: [String]
    /// Texts in which it must find nothing.
    package let counterexamples: [String]
    /// Where it is written, `detectors/source-control.yaml:12`.
    package let source: String

    /// Whether the secret has to look as a generator makes it.
    package var asksForRandomness: Bool { minimumEntropy != nil || minimumSurprise != nil }

    package init(
        id: String, title: String, kind: FindingKind, severity: Severity, confidence: Confidence,
        pattern: String, prefilter: String? = nil,
        publicPrefix: String = "", minimumEntropy: Double? = nil, minimumSurprise: Double? = nil,
        minimumLetterSurprise: Double? = nil,
        isAssigned: Bool = false,
        checksum: Checksum? = nil, paths: [Glob] = [],
        fields: [Glob] = [], allow: [String] = [], pathPattern: String? = nil,
        exceptions: [DetectorException] = [], keywords: [String] = [], isForeign: Bool = false,
        expiresByDesign: Bool? = nil, remediation: String,
        reference: String, examples: [String], counterexamples: [String], source: String
    ) {
        self.id = id
        self.title = title
        self.kind = kind
        self.severity = severity
        self.confidence = confidence
        self.pattern = pattern
        self.prefilter = prefilter
        self.publicPrefix = publicPrefix
        self.minimumEntropy = minimumEntropy
        self.minimumSurprise = minimumSurprise
        self.minimumLetterSurprise = minimumLetterSurprise
        self.isAssigned = isAssigned
        self.checksum = checksum
        self.paths = paths
        self.fields = fields
        self.allow = allow
        self.pathPattern = pathPattern
        self.exceptions = exceptions
        self.keywords = keywords
        self.isForeign = isForeign
        self.expiresByDesign = expiresByDesign
        self.remediation = remediation
        self.reference = reference
        self.examples = examples
        self.counterexamples = counterexamples
        self.source = source
    }
}
