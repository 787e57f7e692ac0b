import BuiltinPolicies
import Model
import PolicyLoading
import Testing

/// The control ids of a well-known product's mapping to "NIST CSF 2.0", held against the catalogue.
@Suite("A mapping that is not what it says")
struct CatalogueTrialTests {
    static let ids = """
        GV.OC-1 GV.OC-2 GV.OC-3 GV.RM-1 GV.RM-2 GV.RM-3 GV.SC-1 GV.SC-2 GV.SC-3 GV.SC-4 GV.RR-1 GV.RR-2 GV.RR-3
        GV.PO-1 GV.PO-2 GV.PO-3 GV.PO-4 GV.PO-5 GV.OV-1 GV.OV-2 GV.OV-3 GV.OV-4 ID.AM-1 ID.AM-2 ID.AM-3 ID.AM-5
        ID.AM-6 ID.BE-5 ID.RA-1 ID.RA-2 ID.RA-3 ID.RA-5 ID.SC-4 PR.AC-1 PR.AC-3 PR.AC-4 PR.AC-5 PR.AC-6 PR.AC-7
        PR.DS-1 PR.DS-2 PR.DS-3 PR.DS-4 PR.DS-5 PR.DS-6 PR.DS-7 PR.DS-8 PR.IP-1 PR.IP-2 PR.IP-3 PR.IP-4 PR.IP-7
        PR.IP-8 PR.IP-9 PR.IP-12 PR.MA-2 PR.PT-1 PR.PT-3 PR.PT-4 PR.PT-5 DE.AE-1 DE.AE-2 DE.AE-3 DE.AE-4 DE.AE-5
        DE.CM-1 DE.CM-2 DE.CM-3 DE.CM-4 DE.CM-5 DE.CM-6 DE.CM-7 DE.DP-4 DE.DP-5 RS.AN-2 RS.MI-3 RS.RP-1 RC.RP-1
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    /// What the loader says of each id that it refuses, as a control of NIST CSF 2.0.
    private static func refused() throws -> [String: Diagnostic] {
        let head = """
            apiVersion: palimpsest/v1
            kind: Policy
            id: trial
            title: a trial
            rules:
              - id: trial.all
                title: all of them
                rationale: a trial
                requires: [secrets]
                each: finding
                match: {field: kind, equals: other}
                effect: warn
                severity: low
                remediation: none
                controls:

            """
        let edges = ids.map {
            "      - {control: nist-csf/\($0), relation: indicator, rationale: it says so}\n"
        }
        let policy = PolicySource(path: "trial.yaml", bytes: Array((head + edges.joined()).utf8))
        let frameworks = ShippedPolicy.sources.filter { $0.path.hasPrefix("frameworks/") }
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.loadPolicy(frameworks + [policy], digest: ShippedPolicy.digest)
        }
        let first = head.split(separator: "\n").count + 1
        return Dictionary(
            (error?.list ?? []).compactMap { diagnostic in
                ids.indices.contains(diagnostic.line - first)
                    ? (ids[diagnostic.line - first], diagnostic) : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test(
        "has 78 ids, of which 42 are none of CSF 2.0 even with two digits: each is refused, with what took its place"
    )
    func foreign() throws {
        let policy = try ShippedPolicy.policy()
        let framework = try #require(policy.frameworks.first { $0.id == "nist-csf" })
        let live = Set(framework.controls.map(\.id))
        let foreign = Self.ids.filter { !live.contains(Self.padded($0)) }
        #expect(Self.ids.count == 78)
        #expect(foreign.count == 42)
        let refused = try Self.refused()
        for id in foreign {
            let diagnostic = try #require(refused[id], "\(id) was let through")
            let successors = framework.withdrawn.first { $0.id == id }?.successors ?? []
            for successor in successors { #expect(diagnostic.message.contains(successor), "\(id)") }
            // The function GOVERN is new: what it never had, nothing took the place of.
            #expect(!successors.isEmpty || id.hasPrefix("GV."), "\(id)")
        }
    }

    @Test("of the others those go through that mean the same, and the rest is refused with what may be meant")
    func unpadded() throws {
        let refused = try Self.refused()
        #expect(refused["PR.DS-1"] == nil)
        #expect(refused["GV.OC-1"]?.suggestion == "\"GV.OC-01\"")
        #expect(refused["DE.AE-3"]?.code == .withdrawnControl)
        #expect(refused.count == 62)
    }

    /// `PR.DS-1` as CSF 2.0 would write it.
    private static func padded(_ id: String) -> String {
        let parts = id.split(separator: "-")
        return parts.count == 2 && parts[1].utf8.count == 1 ? "\(parts[0])-0\(parts[1])" : id
    }
}
