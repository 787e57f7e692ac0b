import Model
import PolicyLoading

/// Small documents that load, and changes to them that should not.
enum Documents {
    static let framework = """
        apiVersion: palimpsest/v1
        kind: Framework
        id: demo
        title: Demo Framework
        edition: "1.0"
        publisher: Nobody
        source: https://example.com/demo
        scored: true
        groups:
          - id: PR
            title: Protect
          - id: PR.DS
            title: Data
            parent: PR
          - id: ZT
            title: Nobody's
        controls:
          - id: PR.DS-01
            title: Data at rest
            group: PR.DS
            aliases: [PR.DS-1]
            reach: decides
            canSay: whether a secret lies in a layer
          - id: PR.DS-02
            title: Data in transit
            group: PR.DS
            reach: none
          - id: PR.DS-10
            title: Data in use
            group: PR.DS
            reach: fleet
        withdrawn:
          - id: PR.DS-5
            successors: [PR.DS-01, PR.DS-02]
            note: it was split
          - id: PR.AC-1
            successors: [PR.DS-01]

        """

    static let policy = """
        apiVersion: palimpsest/v1
        kind: Policy
        id: baseline
        title: Baseline
        rules:
          - id: secrets.none
            title: No secrets
            rationale: Whoever has the image has them.
            requires: [secrets]
            appliesTo: {field: platform, glob: "linux/*"}
            each: finding
            match:
              all:
                - {field: kind, glob: "credential.*"}
                - {field: severity, atLeast: medium}
                - not: {field: path, glob: "/usr/share/**"}
            effect: fail
            severity: high
            remediation: Remove and rotate it.
            controls:
              - {control: PR.DS-1, relation: direct, rationale: It is data at rest.}

        """

    static let detectors = """
        apiVersion: palimpsest/v1
        kind: Detectors
        rules:
          - id: example.token
            title: Example token
            kind: credential.service
            severity: high
            confidence: high
            pattern: 'exa_[a-z]{20}'
            prefix: exa_
            minEntropy: 3.5
            checksum: luhn
            paths: ["**/*.txt"]
            expires: false
            remediation: Revoke it.
            reference: https://example.com/tokens
            examples: ["exa_<lower:20>", "token=exa_<lower:20>"]
            counterexamples: ["exa_", "exa_<lower:5>"]

        """

    /// `text` as a source.
    static func source(_ path: String, _ text: String) -> PolicySource {
        PolicySource(path: path, bytes: Array(text.utf8))
    }

    static let digest = Digest(sha256: Array(repeating: 7, count: 32))

    /// The policy above over the framework above, with `old` replaced by `new` in whichever of the two has it.
    static func load(replacing old: String = "", with new: String = "") throws(PolicyDiagnostics) -> Policy {
        try PolicyLoader.loadPolicy(
            [
                source("framework.yaml", change(framework, old, new)),
                source("policy.yaml", change(policy, old, new)),
            ],
            digest: digest)
    }

    /// What is wrong with the policy after that change.
    static func diagnostics(replacing old: String, with new: String) -> [Diagnostic] {
        do throws(PolicyDiagnostics) {
            _ = try load(replacing: old, with: new)
            return []
        } catch {
            return error.list
        }
    }

    /// What is wrong with the detectors above after a change.
    static func detectorDiagnostics(replacing old: String, with new: String) -> [Diagnostic] {
        do throws(PolicyDiagnostics) {
            _ = try PolicyLoader.loadDetectors([source("detectors.yaml", change(detectors, old, new))])
            return []
        } catch {
            return error.list
        }
    }

    /// The text with the first `old`, if there is one, replaced.
    private static func change(_ text: String, _ old: String, _ new: String) -> String {
        old.isEmpty ? text : text.replacing(old, with: new)
    }
}
