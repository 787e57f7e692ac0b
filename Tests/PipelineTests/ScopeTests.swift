import Model
import TestSupport
import Testing

@testable import Pipeline

/// Which images a rule is about, as policies say it.
struct ScopeTests {
    @Test(
        "a rule is about the images of a name, registry, label, platform or environment, and about no others",
        arguments: [
            ("{field: name, matches: '/payments[:@]'}", "name: registry.example/payments:1", "name: other:1"),
            ("{field: registry, glob: '*.example'}", "registry: shop.example", "registry: docker.io"),
            ("{field: registry, exists: false}", "name: oci:here", "registry: docker.io"),
            ("{field: label.team, in: [shop, pay]}", "labels: [{name: team, value: pay}]", "name: x"),
            (
                "{field: label.org.example/x, exists: true}",
                "labels: [{name: org.example/x, value: z}]", "name: x"
            ),
            ("{field: platform, glob: 'linux/*'}", "platform: linux/arm64", "platform: windows/amd64"),
            ("{field: environment, equals: production}", "environment: production", "environment: test"),
        ])
    func scope(condition: String, inside: String, outside: String) throws {
        let scratch = try ScratchFolder()
        try scratch.write(
            """
            apiVersion: palimpsest/v1
            kind: Policy
            id: trial
            title: Trial
            rules:
              - id: trial.scoped
                title: Nothing leaks
                rationale: Because.
                requires: [secrets]
                appliesTo: \(condition)
                each: finding
                match: {field: kind, glob: credential.*}
                effect: fail
                severity: high
                remediation: Rotate it.
                controls: [{control: NHI2:2025, relation: direct, rationale: It leaks.}]
            """, to: "policy/trial.yaml")
        try scratch.write(
            """
            apiVersion: palimpsest/v1
            kind: PolicyTest
            policy: trial
            cases:
              - name: inside
                evidence: {\(inside), findings: [{kind: credential.cloud, path: /a}]}
                wants: {rules: {trial.scoped: fail}}
              - name: outside
                evidence: {\(outside), findings: [{kind: credential.cloud, path: /a}]}
                wants: {rules: {trial.scoped: not-applicable}}
            """, to: "policy/cases.yaml")
        let results = try PolicyTrials.test([scratch.file("policy")])
        #expect(results.count == 2)
        for result in results { #expect(result.mistakes.isEmpty, "\(result.mistakes)") }
    }
}
