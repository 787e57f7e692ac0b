import Model
import TestSupport
import Testing

@testable import Reporting

@Suite("How to reproduce a report")
struct ReproductionTests {
    private static func reproduction(
        _ example: ReportCase, _ judging: [String] = []
    ) -> Reproduction {
        Reproduction(evidence: example.evidence, assessment: example.assessment, judging: judging)
    }

    @Test("the command names all that changes what is read and how it is judged")
    func command() {
        var facts = ImportFacts(format: "trivy", digest: Made.digest(4), binding: .assumed)
        facts.findings = 1
        let imported = facts
        let example = ReportCase.clean.changed(
            image: { image in
                image.name = "oci:my app"
                image.environment = "production"
                image.base = ImageFacts.Base(
                    name: "base.tar", digest: Made.digest(5), layers: 1, source: .given)
            },
            receipts: { $0.ended(.completed, imported: imported) })
        let reproduction = Self.reproduction(
            example, ["--policy", "it's.yaml", "--waivers", "waivers/", "--trust-anchors", "cas.yaml"])
        #expect(
            reproduction.command.text
                == "palimpsest audit 'oci:my app' --platform linux/arm64 --base base.tar "
                + "--environment 'production=oci:my app' --results trivy:RESULTS --assume-target "
                + #"--policy 'it'\''s.yaml' --waivers waivers/ --trust-anchors cas.yaml "#
                + "--as-of 2026-11-23T10:00:00Z")
        let inputs = reproduction.inputs.map { "\($0.name)=\($0.value)" }
        #expect(inputs.contains("Results of trivy=\(Made.digest(4).text)"))
        #expect(inputs.contains("Base image=\(Made.digest(5).text)"))
    }

    @Test("the inputs are told by their digests")
    func inputs() {
        let names = Self.reproduction(ReportCase.leakyAgent.signed(Made.digest(6))).inputs.map(\.name.text)
        #expect(
            names == [
                "Image", "Configuration", "Base image", "Detector rules", "Policy",
                "Waivers and attestations",
            ])
    }

    @Test("a build cache is of no platform")
    func cache() {
        let example = ReportCase.clean.changed(image: { $0.kind = .buildCache })
        #expect(!Self.reproduction(example).command.text.contains("--platform"))
    }
}
