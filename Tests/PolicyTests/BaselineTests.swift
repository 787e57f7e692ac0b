import Model
import PolicyLoading
import Testing

@Suite("The shipped policy")
struct BaselineTests {
    @Test("loads without a diagnostic")
    func loads() throws {
        let policy = try ShippedPolicy.policy()
        #expect(policy.id == "baseline")
        #expect(policy.frameworks.count == 4)
        #expect(policy.rules.count >= 30)
    }

    @Test("every edge names a control that an image can speak to, once, with a reason of its own")
    func edges() throws {
        let policy = try ShippedPolicy.policy()
        for rule in policy.rules {
            var seen: Set<String> = []
            var reasons: Set<String> = []
            for edge in rule.controls {
                let control = policy.frameworks.first { $0.id == edge.framework }?.controls
                    .first { $0.id == edge.control }
                #expect(control != nil, "\(rule.source): \(edge.framework) has no \(edge.control)")
                #expect(
                    control?.reach != Control.Reach.none, "\(rule.source): no image speaks to \(edge.control)"
                )
                #expect(seen.insert(edge.control).inserted, "\(rule.source): \(edge.control) twice")
                #expect(
                    reasons.insert(edge.rationale).inserted,
                    "\(rule.source): \(edge.control): same reason twice")
                if control?.reach == .indicates {
                    #expect(
                        edge.relation == .indicator, "\(rule.source): \(edge.control) can only be hinted at")
                }
            }
            #expect(!rule.controls.isEmpty, "\(rule.source)")
        }
    }

    @Test("no framework says that a control never passes: somebody may attest it")
    func notes() throws {
        for framework in try ShippedPolicy.policy().frameworks {
            #expect(framework.note?.contains("reported as passed") != true, "\(framework.id)")
        }
    }

    @Test("every scored framework is spoken to directly wherever an image decides")
    func directlyCovered() throws {
        let policy = try ShippedPolicy.policy()
        let direct = Set(policy.rules.flatMap(\.controls).filter { $0.relation == .direct }.map(\.control))
        for control in policy.frameworks.filter(\.scored).flatMap(\.controls) where control.reach == .decides
        {
            #expect(direct.contains(control.id))
        }
    }

    @Test(
        "only optional rules require evidence that none of our detectors provides, and they require nothing else"
    )
    func required() throws {
        let provided: Set<EvidenceClass> = [
            .secrets, .certificates, .configuration, .filesystem, .comparison, .environments,
        ]
        for rule in try ShippedPolicy.policy().rules where !rule.isOptional {
            #expect(provided.isSuperset(of: rule.requires), "\(rule.id)")
        }
        for rule in try ShippedPolicy.policy().rules where rule.isOptional {
            #expect(provided.isDisjoint(with: rule.requires), "\(rule.id)")
        }
    }

    @Test("every rule requires the evidence that tells of what it looks at")
    func requiresWhatItLooksAt() throws {
        for rule in try ShippedPolicy.policy().rules where rule.subject == .inventory {
            for type in rule.matcher.types {
                let needed = try #require(Self.classes[type])
                #expect(rule.requires.contains(needed), "\(rule.source): \(type) is told of by \(needed)")
            }
        }
        for rule in try ShippedPolicy.policy().rules where rule.subject == .finding && !rule.isOptional {
            #expect(rule.requires.contains(.secrets), "\(rule.source)")
        }
    }

    private static let classes: [String: EvidenceClass] = [
        "certificate": .certificates, "trust-anchor": .certificates, "key": .secrets,
        "package-file": .secrets,
        "credential-store": .secrets, "service-account": .secrets, "user": .filesystem,
        "sudo-rule": .filesystem, "setuid-file": .filesystem, "file-capability": .filesystem,
        "ssh-authorized-key": .filesystem, "ssh-host-key": .filesystem, "runtime-user": .configuration,
        "exposed-port": .configuration, "volume": .configuration,
    ]
}

extension Matcher {
    /// The inventory types that the matcher names outside a negation.
    fileprivate var types: [String] {
        switch self {
        case .all(let operands), .any(let operands): operands.flatMap(\.types)
        case .test(let field, .equals(let value)) where field.name == "type": [value.display]
        case .test(let field, .isIn(let values)) where field.name == "type": values.map(\.display)
        case .not, .test: []
        }
    }
}
