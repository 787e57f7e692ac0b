internal import Model

/// What is known of the tool that wrote SARIF, by its name.
struct SARIFTool {
    /// Its name as ours are written: lower-case letters, digits and dashes.
    let id: String

    private static let secretTools: Set<String> = [
        "gitleaks", "betterleaks", "trufflehog", "kingfisher", "noseyparker", "nosey-parker",
        "detect-secrets",
        "ggshield", "gitguardian",
    ]
    private static let configurationTools: Set<String> = [
        "dockle", "hadolint", "checkov", "kics", "tfsec", "terrascan",
    ]
    private static let vulnerabilityTools: Set<String> = ["grype", "osv-scanner", "snyk-container", "clair"]

    init(name: String) {
        let letters = name.lowercased().unicodeScalars.map { scalar in
            switch scalar {
            case "a"..."z", "0"..."9", "-", ".": Character(scalar)
            default: Character("-")
            }
        }
        let id = String(letters.prefix(60))
        self.id = id.hasPrefix("trivy") ? "trivy" : id
    }

    /// What it looks for, whatever it found.
    var provides: Set<EvidenceClass> {
        if Self.secretTools.contains(id) { return [.secrets] }
        if Self.configurationTools.contains(id) { return [.misconfigurations] }
        return Self.vulnerabilityTools.contains(id) ? [.vulnerabilities] : []
    }

    /// Whether what stands at the place is the secret itself, and nothing else.
    var snippetIsSecret: Bool { id == "gitleaks" || id == "betterleaks" }

    func sort(of rule: String, tags: [String]) -> ImportedFinding.Sort {
        if Self.secretTools.contains(id) || tags.contains("secret") { return .secret }
        let isAdvisory = ["CVE-", "GHSA-", "ALAS", "DSA-", "RHSA-", "ELSA-", "GO-20", "PYSEC-", "RUSTSEC-"]
            .contains { rule.hasPrefix($0) }
        if isAdvisory || Self.vulnerabilityTools.contains(id) || tags.contains("vulnerability") {
            return .vulnerability
        }
        if Self.configurationTools.contains(id) || tags.contains("misconfiguration") {
            return .misconfiguration
        }
        return .other
    }
}
