import Model

/// Frameworks as small as the reports can bear: enough of each to have groups, all kinds of reach and long titles.
enum SampleFrameworks {
    static let all = [nhi, csf, zeroTrust, reference]

    static let nhi = Framework(
        id: "owasp-nhi", title: "OWASP Non-Human Identities Top 10", edition: "2025", publisher: "OWASP",
        source: "https://owasp.org/www-project-non-human-identities-top-10/2025/", scored: true, note: nil,
        groups: [Framework.Group(id: "risks", title: "Risks", parent: nil)],
        controls: [
            control("NHI1:2025", "Improper offboarding", "risks", .none),
            control("NHI2:2025", "Secret leakage", "risks", .decides),
            control("NHI3:2025", "Vulnerable third-party identities", "risks", .indicates),
            control("NHI4:2025", "Insecure authentication", "risks", .partial),
            control("NHI5:2025", "Overprivileged identities", "risks", .partial),
            control("NHI6:2025", "Insecure cloud deployment configurations", "risks", .indicates),
            control("NHI7:2025", "Long-lived secrets", "risks", .partial),
            control("NHI8:2025", "Environment isolation", "risks", .fleet),
            control("NHI9:2025", "Identity reuse", "risks", .fleet),
            control("NHI10:2025", "Human use of non-human identities", "risks", .indicates),
        ])

    static let csf = Framework(
        id: "nist-csf", title: "NIST Cybersecurity Framework", edition: "2.0", publisher: "NIST",
        source: "https://doi.org/10.6028/NIST.CSWP.29", scored: true,
        note: "Labels are ours; the publication's sentences are not repeated here.",
        groups: [
            Framework.Group(id: "ID", title: "Identify", parent: nil),
            Framework.Group(id: "ID.AM", title: "Asset management", parent: "ID"),
            Framework.Group(id: "PR", title: "Protect", parent: nil),
            Framework.Group(id: "PR.AA", title: "Identities, authentication and access", parent: "PR"),
            Framework.Group(id: "PR.DS", title: "Data security", parent: "PR"),
            Framework.Group(id: "PR.PS", title: "Platform security", parent: "PR"),
            Framework.Group(id: "RC", title: "Recover", parent: nil),
            Framework.Group(id: "RC.CO", title: "Recovery communication", parent: "RC"),
        ],
        controls: [
            control("ID.AM-02", "Inventories of software and services", "ID.AM", .partial),
            control("ID.AM-03", "Representations of network flows", "ID.AM", .none),
            control("PR.AA-01", "Identities and credentials are managed", "PR.AA", .partial),
            control("PR.AA-03", "Users, services and hardware are authenticated", "PR.AA", .indicates),
            control("PR.AA-05", "Least privilege and separation of duties", "PR.AA", .partial),
            control("PR.DS-01", "Data at rest is protected", "PR.DS", .partial),
            control("PR.DS-02", "Data in transit is protected", "PR.DS", .indicates),
            control("PR.DS-11", "Backups are made and tested", "PR.DS", .none),
            control("PR.PS-06", "Secure software development", "PR.PS", .partial),
            control("RC.CO-03", "Recovery is communicated", "RC.CO", .none),
        ])

    static let zeroTrust = Framework(
        id: "nist-sp-800-207", title: "NIST SP 800-207 Zero Trust Architecture", edition: "2020",
        publisher: "NIST", source: "https://doi.org/10.6028/NIST.SP.800-207", scored: true,
        note: "The publication numbers its tenets and nothing else; the ids of components are ours.",
        groups: [
            Framework.Group(id: "tenets", title: "Tenets", parent: nil),
            Framework.Group(id: "components", title: "Components", parent: nil),
        ],
        controls: [
            control("ZT-T2", "All communication is secured", "tenets", .indicates),
            control("ZT-T3", "Access is granted per session", "tenets", .partial),
            control("ZT-T6", "Authentication is strictly enforced", "tenets", .partial),
            control("ZT-C-PKI", "Public key infrastructure", "components", .partial),
        ])

    static let reference = Framework(
        id: "nist-sp-800-53", title: "NIST SP 800-53", edition: "r5", publisher: "NIST",
        source: "https://doi.org/10.6028/NIST.SP.800-53r5", scored: false, note: nil,
        groups: [Framework.Group(id: "IA", title: "Identification and authentication", parent: nil)],
        controls: [control("IA-5", "Authenticator management", "IA", .partial)])

    private static func control(
        _ id: String, _ title: String, _ group: String, _ reach: Control.Reach
    ) -> Control {
        Control(
            id: id, title: title, group: group, reach: reach,
            canSay: reach == .none || reach == .fleet
                ? nil : "Whether credentials stand in layers or metadata, and how long they are good for.",
            cannotSay: reach == .decides
                ? nil : "Who uses what is in the image, and what happens to it once a container runs.")
    }
}

/// A policy of eight rules over these frameworks, and the results that follow from lists of what breaks each.
enum SamplePolicy {
    static let policy = Policy(
        id: "baseline", title: "Palimpsest baseline", digest: Made.digest(7),
        frameworks: SampleFrameworks.all,
        rules: rules)

    static let rules: [Rule] = [
        rule(
            "secrets.none-in-image", "No credential is in any layer or in the metadata", .critical, .fail,
            [.secrets],
            "Revoke the credential at its issuer, then build without it: mount it with RUN --mount=type=secret, or "
                + "hand it to the container when it starts.",
            ["NHI2:2025", "PR.AA-01", "PR.DS-01", "ZT-T6", "IA-5"]),
        rule(
            "secrets.recoverable-after-deletion", "Nothing deleted is still readable below", .high, .fail,
            [.secrets],
            "Deleting in a later layer hides a file and keeps its bytes: take it out of the layer that wrote it, "
                + "or build in a stage that is not shipped.",
            ["NHI2:2025", "PR.DS-01"]),
        rule(
            "secrets.long-lived", "No credential lives until it is revoked", .medium, .warn, [.secrets],
            "Exchange it for one that expires: workload identity, or a token from a broker.",
            ["NHI7:2025", "ZT-T3"]),
        rule(
            "certificates.expired-anchor", "No trust anchor has expired", .medium, .fail, [.certificates],
            "Remove the certificate from the store, or take a base image that has.", ["ZT-C-PKI", "PR.DS-02"]),
        rule(
            "privileges.runs-as-root", "The container does not run as root", .medium, .warn, [.configuration],
            "Set USER to an account without privileges.", ["NHI5:2025", "PR.AA-05"]),
        rule(
            "tls.verification", "Certificates of the other side are verified", .high, .fail, [.configuration],
            "Remove the switch, and add the certificate that made it seem necessary to the trust store.",
            ["NHI4:2025", "PR.DS-02", "ZT-T2"]),
        rule(
            "keys.private", "No private key is in the image", .critical, .fail, [.secrets],
            "Replace the key pair, and let the workload fetch its key when it starts.",
            ["NHI2:2025", "ZT-C-PKI"]),
        rule(
            "inventory.components-known", "The components of the image are known", .low, .warn, [.components],
            "Attach a bill of materials to the image.", ["ID.AM-02", "PR.PS-06"]),
    ]

    private static func rule(
        _ id: String, _ title: String, _ severity: Severity, _ effect: Rule.Effect,
        _ requires: [EvidenceClass], _ remediation: String, _ controls: [String]
    ) -> Rule {
        let edges = controls.enumerated().map { position, control in
            ControlEdge(
                framework: framework(of: control), control: control,
                relation: position == 0 ? .direct : .indicator,
                rationale: "\(title.lowercased()) is part of what \(control) asks for")
        }
        return Rule(
            id: id, title: title, rationale: "Whoever can pull the image can read every byte of every layer.",
            requires: requires, subject: .finding, matcher: .all([]), effect: effect, severity: severity,
            remediation: remediation, controls: edges, source: "baseline/\(id.prefix { $0 != "." }).yaml:12")
    }

    private static func framework(of control: String) -> String {
        SampleFrameworks.all.first { $0.controls.contains { $0.id == control } }?.id ?? ""
    }
}
