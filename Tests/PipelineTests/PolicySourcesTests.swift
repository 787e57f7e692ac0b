import Model
import TestSupport
import Testing

@testable import Pipeline

struct PolicySourcesTests {
    @Test("without a path the policy is the built-in baseline, with every framework")
    func baseline() throws {
        let policy = try PolicySources.policy(PolicySelection()).policy
        #expect(policy.rules.count >= 25)
        #expect(policy.frameworks.count >= 3)
        let named = try PolicySources.policy(PolicySelection(paths: ["baseline"])).policy
        #expect(named.digest == policy.digest && named.id == policy.id)
    }

    @Test("a folder is read to its depth: YAML files, in order, without test cases")
    func folder() throws {
        let scratch = try ScratchFolder()
        try scratch.write(Self.policy(rule: "one"), to: "policies/a.yaml")
        try scratch.write(Self.policy(rule: "two"), to: "policies/deep/b.yml")
        try scratch.write("kind: PolicyTest\nwhatever: stands there", to: "policies/cases/a.yaml")
        try scratch.write("nor this", to: "policies/notes.txt")
        let policy = try PolicySources.policy(PolicySelection(paths: [scratch.file("policies")])).policy
        #expect(policy.rules.map(\.id).sorted() == ["trial.one", "trial.two"])
    }

    @Test("a folder that is called cases may hold a policy, and what is broken in it is told")
    func cases() throws {
        let scratch = try ScratchFolder()
        try scratch.write(Self.policy(rule: "one"), to: "policies/cases/a.yaml")
        let policy = try PolicySources.policy(PolicySelection(paths: [scratch.file("policies")])).policy
        #expect(policy.rules.map(\.id) == ["trial.one"])
        try scratch.write("not: [a policy", to: "policies/cases/broken.yaml")
        #expect(throws: AuditError(code: .brokenPolicy, place: "", reason: "")) {
            try PolicySources.policy(PolicySelection(paths: [scratch.file("policies")]))
        }
    }

    @Test("the same policy elsewhere has the same digest, another one has not")
    func digest() throws {
        let scratch = try ScratchFolder()
        func digest(_ name: String, _ rule: String) throws -> Digest {
            try scratch.write(Self.policy(rule: rule), to: name)
            return try PolicySources.policy(PolicySelection(paths: [scratch.file(name)])).policy.digest
        }
        let first = try digest("here/policy.yaml", "one")
        #expect(try digest("there/policy.yaml", "one") == first)
        #expect(try digest("there/policy.yaml", "two") != first)
    }

    @Test("a path that is not there, or holds nothing, is named")
    func missing() throws {
        let scratch = try ScratchFolder()
        try scratch.write("x", to: "empty/readme.txt")
        for (name, words) in [("nowhere.yaml", "no such file"), ("empty", "no .yaml file")] {
            let path = scratch.file(name)
            let error = #expect(throws: AuditError.self) {
                try PolicySources.policy(PolicySelection(paths: [path])).policy
            }
            #expect(error?.code == .brokenPolicy && error?.place == path)
            #expect(error?.reason.contains(words) == true)
            let other = #expect(throws: AuditError.self) { try PolicySources.detectors(adding: [path]) }
            #expect(other?.code == .brokenDetectors)
        }
    }

    @Test("mistakes in several files are told in one go, each with its file and line")
    func mistakes() throws {
        let scratch = try ScratchFolder()
        try scratch.write(Self.policy(rule: "one") + "\nnonsense: true\n", to: "p/a.yaml")
        try scratch.write(Self.policy(rule: "one"), to: "p/b.yaml")
        let error = #expect(throws: AuditError.self) {
            try PolicySources.policy(PolicySelection(paths: [scratch.file("p")])).policy
        }
        #expect(error?.reason.contains("p/a.yaml:") == true)
        #expect(error?.reason.contains("p/b.yaml:") == true)
    }

    @Test("detector rules come beside the built-in ones")
    func detectors() throws {
        #expect(try PolicySources.detectors(adding: []).rules.count >= 60)
    }

    private static func policy(rule: String) -> String {
        """
        apiVersion: palimpsest/v1
        kind: Policy
        id: trial
        title: Trial
        rules:
          - id: trial.\(rule)
            title: Nothing leaks
            rationale: Because.
            requires: [secrets]
            each: finding
            match: {field: kind, glob: credential.*}
            effect: fail
            severity: high
            remediation: Rotate it.
            controls:
              - control: NHI2:2025
                relation: direct
                rationale: It leaks.
        """
    }
}
