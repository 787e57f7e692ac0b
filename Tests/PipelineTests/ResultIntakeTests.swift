import Detection
import Model
import Testing
import TestSupport

@testable import Pipeline

@Suite("Other tools' results")
struct ResultIntakeTests {
    @Test("that name the image are about it, and others only if that is said")
    func binding() async throws {
        let bench = try await ResultBench()
        for fixture in ToolFixture.all {
            let text = fixture.text(about: bench.target)
            if fixture.isNamed {
                let added = try bench.adding(text)
                let receipt = try #require(added.receipts.first { $0.imported != nil }, "\(fixture)")
                #expect(receipt.target == bench.evidence.image.digest)
                #expect(receipt.imported?.findings == fixture.findings, "\(fixture)")
                #expect(![.assumed, .unknown].contains(receipt.imported?.binding))
            } else {
                let error = #expect(throws: AuditError.self) { try bench.adding(text) }
                #expect(error?.code == .unboundResults, "\(fixture)")
                let added = try bench.adding(text, assuming: true)
                #expect(added.receipts.compactMap(\.imported?.binding) == [.assumed], "\(fixture)")
            }
        }
    }

    @Test("about another image are an error, also where it is said that they are about this one")
    func foreign() async throws {
        let bench = try await ResultBench()
        for fixture in ToolFixture.all where fixture.isNamed {
            for isSaid in [false, true] {
                let error = #expect(throws: AuditError.self) {
                    try bench.adding(fixture.text(), assuming: isSaid)
                }
                #expect(error?.code == .foreignResults, "\(fixture)")
            }
        }
    }

    @Test("that name but a layer are about the image whose last it is: others of its base have the first too")
    func layerHints() async throws {
        let bench = try await ResultBench()
        func text(_ layer: String) -> String {
            """
            {"schema": "palimpsest.findings/1", "tool": {"name": "scan", "version": "1"},
             "provides": ["vulnerabilities"], "outcome": "completed",
             "findings": [{"rule": "CVE-2024-1", "kind": "component.vulnerable", "package": "p", "version": "1",
               "severity": "low", "location": {"path": "/etc/a.conf", "layer": "\(layer)"}}]}
            """
        }
        let (first, last) = (try #require(bench.target.layers.first), try #require(bench.target.layers.last))
        try #require(first != last)
        let error = #expect(throws: AuditError.self) { try bench.adding(text(first)) }
        #expect(error?.code == .unboundResults)
        #expect(
            try bench.adding(text(first), assuming: true).receipts.compactMap(\.imported?.binding) == [
                .assumed
            ])
        #expect(try bench.adding(text(last)).receipts.compactMap(\.imported?.binding) == [.layers])
    }

    @Test("that are said to be of another format than they look like say so, and not that they name no image")
    func mistaken() async throws {
        let bench = try await ResultBench()
        let text = #"{"SchemaVersion": 2, "ArtifactName": "x", "Results": []}"#
        let error = #expect(throws: AuditError.self) { try bench.adding(text, format: "grype") }
        #expect(error?.code == .mistakenResults)
        #expect(error?.reason == "is said to be of format grype, and looks like one of trivy")
        let assumed = try bench.adding(text, format: "grype", assuming: true)
        #expect(assumed.receipts.filter { $0.imported != nil }.map(\.outcome) == [.incomplete])
    }

    @Test("that are a folder say so")
    func folder() async throws {
        let scratch = try ScratchFolder()
        let selection = ResultSelection(sources: [.init(scratch.path, formats: [])])
        let error = #expect(throws: AuditError.self) {
            try ResultIntake(
                selection, key: FingerprintKey(bytes: ResultBench.key), detectors: Samples.detectors)
        }
        #expect(error?.code == .unreadableResults)
        #expect(error?.reason.hasPrefix("is a folder") == true)
    }

    @Test("that name the image and other layers are about another")
    func otherLayers() async throws {
        let bench = try await ResultBench()
        var target = bench.target
        target.layers.swapAt(0, 1)
        let fixture = try #require(ToolFixture.scanners.first)
        let error = #expect(throws: AuditError.self) { try bench.adding(fixture.text(about: target)) }
        #expect(error?.code == .foreignResults)
    }

    @Test("on a secret that we found too make one finding with three witnesses")
    func witnesses() async throws {
        let bench = try await ResultBench()
        let added = try bench.adding(ResultBench.gitleaks(), bench.truffleHog(), assuming: true)
        #expect(added.findings.count == bench.evidence.findings.count)
        let finding = try #require(added.findings.first { $0.rule == "test.token" })
        #expect(finding.witnesses?.map(\.detector) == ["gitleaks", "palimpsest.secrets", "trufflehog"])
        #expect(finding.witnesses?.map(\.verified) == [nil, nil, true])
        #expect(finding.detector == "palimpsest.secrets")
    }

    @Test("on another secret in the same line are a finding of their own")
    func otherSecret() async throws {
        let bench = try await ResultBench()
        let added = try bench.adding(ResultBench.gitleaks(ToolFixture.secret), assuming: true)
        #expect(added.findings.count == bench.evidence.findings.count + 1)
        #expect(added.findings.allSatisfy { ($0.witnesses?.count ?? 0) < 2 })
    }

    @Test("without a value are of the secret on their line")
    func byPlace() async throws {
        let bench = try await ResultBench()
        let added = try bench.adding(
            ResultBench.gitleaks("REDACTED"), ResultBench.gitleaks("REDACTED", line: 1), assuming: true)
        #expect(added.findings.count == bench.evidence.findings.count + 1)
        #expect(added.findings.first { $0.rule == "test.token" }?.witnesses?.count == 2)
    }

    @Test("on the same secret elsewhere have the fingerprint of ours")
    func placements() async throws {
        let bench = try await ResultBench()
        let added = try bench.adding(ResultBench.gitleaks(file: "app/new.env"), assuming: true)
        let fingerprints = Set(added.findings.compactMap(\.fingerprint))
        #expect(added.findings.count == 2)
        #expect(fingerprints.count == 1)
    }

    @Test("that repeat a secret of the image, in a form that no rule knows, do not show it")
    func repeated() async throws {
        let bench = try await ResultBench()
        let hex = ResultBench.token.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
        let added = try bench.adding(
            ResultBench.gitleaks(ToolFixture.secret, file: "srv/\(hex).env"), assuming: true)
        let paths = added.findings.compactMap(\.location.path?.description)
        #expect(paths.contains { $0.hasPrefix("/srv/") && $0.contains("…") }, "\(paths)")
        #expect(!paths.contains { $0.contains(hex.prefix(20)) })
    }

    @Test("under another key have no fingerprints, and say so")
    func otherKey() async throws {
        let bench = try await ResultBench()
        let added = try bench.adding(
            ResultBench.gitleaks(ToolFixture.secret, line: 1), assuming: true,
            key: Array(repeating: 8, count: 32))
        #expect(added.findings.filter { $0.detector == "gitleaks" }.allSatisfy { $0.fingerprint == nil })
        #expect(added.receipts.compactMap(\.imported).first?.skipped.isEmpty == false)
    }

    @Test("on a vulnerability by two scanners are one, with what each says of it")
    func vulnerabilities() async throws {
        let bench = try await ResultBench()
        let fixtures = try ["Trivy, an image", "Grype, an image"].map { name in
            try #require(ToolFixture.scanners.first { $0.name == name }).text(about: bench.target)
        }
        let added = try bench.adding(fixtures[0], fixtures[1])
        let shared = added.findings.filter { $0.rule == "CVE-2026-1001" }
        #expect(shared.count == 1)
        #expect(shared.first?.witnesses?.map(\.severity) == [.high, .critical])
        #expect(shared.first?.location.path == EntryPath("var/lib/dpkg/status"))
        #expect(added.findings.first { $0.rule == "CVE-2026-1002" }?.value(of: .rated) == .flag(false))
    }

    @Test(
        "on a check that one failed and another passed keep the failure and name both",
        arguments: [false, true])
    func opposites(isTurned: Bool) async throws {
        let bench = try await ResultBench()
        let dockle =
            #"{"image": "app@IMAGE", "summary": {"fatal": 0}, "details": [{"code": "CIS-DI-0001", "title": "Create a user", "level": "WARN", "alerts": ["x"]}]}"#
            .replacing("IMAGE", with: bench.target.image)
        let openscap = """
            <Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2"><TestResult test-system="openscap:1.3">
            <rule-result idref="xccdf_x_rule_user"><result>pass</result><ident system="cis">CIS-DI-0001</ident></rule-result>
            <rule-result idref="xccdf_x_rule_other"><result>pass</result></rule-result></TestResult></Benchmark>
            """
        let results = isTurned ? [openscap, dockle] : [dockle, openscap]
        let added = try bench.adding(results[0], results[1], assuming: true)
        let finding = try #require(added.findings.first { $0.rule == "CIS-DI-0001" })
        #expect(finding.kind == .misconfiguration)
        #expect(finding.witnesses?.map(\.detector) == ["dockle", "openscap"])
        #expect(finding.witnesses?.map(\.passed) == [nil, true])
        #expect(finding.witnesses?.first?.severity == finding.severity)
        #expect(added.findings.count == bench.evidence.findings.count + 1)
    }

    @Test("are given the layer, the instruction and what became of the file")
    func places() async throws {
        let bench = try await ResultBench()
        let added = try bench.adding(
            ResultBench.gitleaks(ToolFixture.secret, file: "app/old.env"), assuming: true)
        let finding = try #require(added.findings.first { $0.detector == "gitleaks" })
        #expect(finding.location.layer?.index == 0)
        #expect(finding.persistence == .deleted)
        #expect(finding.removedBy?.index == 1)
        #expect(finding.createdBy == "COPY . / # buildkit")
        #expect(finding.origin == .context)
    }

    @Test(
        "of a scan of unpacked layers lie where they lie in the image",
        arguments: [
            "/tmp/work/LAYER/app/old.env", "layers/sha256:LAYER/app/old.env", "rootfs/app/old.env",
            "app/old.env", "/app/old.env",
        ])
    func unpacked(path: String) async throws {
        let bench = try await ResultBench()
        let hex = bench.target.layers[0].dropFirst("sha256:".count)
        let file = path.split(separator: "LAYER", omittingEmptySubsequences: false).joined(
            separator: String(hex))
        let added = try bench.adding(ResultBench.gitleaks(ToolFixture.secret, file: file), assuming: true)
        let place = added.findings.first { $0.detector == "gitleaks" }?.location
        #expect(place?.layer?.index == 0)
        #expect(place?.path == EntryPath("app/old.env"))
    }

    @Test("about a file that no layer has are kept, and nothing is said of what became of it")
    func adrift() async throws {
        let bench = try await ResultBench()
        let added = try bench.adding(
            ResultBench.gitleaks(ToolFixture.secret, file: "nowhere/x"), assuming: true)
        let finding = try #require(added.findings.first { $0.detector == "gitleaks" })
        #expect(finding.location.layer == nil)
        #expect(finding.location.path == EntryPath("nowhere/x"))
        #expect(finding.persistence == .unknown)
    }

    @Test("without the image say what the evidence has of the place, and no more")
    func withoutImage() async throws {
        let bench = try await ResultBench()
        let known = try bench.adding(
            ResultBench.gitleaks(ToolFixture.secret, line: 1), assuming: true, withImage: false)
        let there = try #require(known.findings.first { $0.detector == "gitleaks" })
        #expect(there.location.layer?.index == 0)
        #expect(there.persistence == .present)
        let unknown = try bench.adding(
            ResultBench.gitleaks(ToolFixture.secret, file: "app/old.env"), assuming: true, withImage: false)
        #expect(unknown.findings.first { $0.detector == "gitleaks" }?.persistence == .unknown)
    }

    @Test("given twice are there once")
    func twice() async throws {
        let bench = try await ResultBench()
        let text = ResultBench.gitleaks(ToolFixture.secret, line: 1)
        let once = try bench.adding(text, assuming: true)
        let twice = try bench.adding(text, text, assuming: true)
        #expect(twice.findings == once.findings)
    }
}

extension FactField {
    fileprivate static var rated: FactField { all.first { $0.name == "rated" } ?? all[0] }
}
