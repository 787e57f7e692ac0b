import FoundationEssentials
import Testing
import TestSupport

@testable import ResultImporting

/// Real outputs of other tools, which lie beside the repository where they are there at all.
@Suite(
    "Real outputs beside the repository",
    .enabled(if: RealSamples.isThere, "skipped: ../shared/samples is not there"))
struct SampleTests {
    @Test(
        "are recognised and understood whole",
        arguments: [
            ("trivy/alpine-310-image.json", "trivy", 4), ("trivy/secrets.json", "trivy", 2),
            ("trivy/dockerfile-misconfig.json", "trivy", 1), ("trivy/scheme_2_no_vuln.json", "trivy", 0),
            ("grype/image.json", "grype", 2), ("grype/ghsa-test.json", "grype", 2),
            ("grype/no_vuln.json", "grype", 0),
            ("syft/alpine.syft.json", "syft", 0), ("cyclonedx/syft-image.cdx.json", "cyclonedx", 0),
            ("cyclonedx/valid-cryptography-full-1.6.json", "cyclonedx", 1),
            ("gitleaks/json_simple.json", "gitleaks", 1),
            ("gitleaks/redacted_data_many.json", "gitleaks", 6), ("trufflehog/v3_git.jsonl", "trufflehog", 4),
            ("trufflehog/v3_github.jsonl", "trufflehog", 4),
            ("kingfisher/sample-report.json", "kingfisher", 3),
            ("detect-secrets/secrets.baseline.json", "detect-secrets", 16),
            ("detect-secrets/no_findings.json", "detect-secrets", 0),
            ("ggshield/many_findings.json", "ggshield", 2),
            ("dockle/no_findings.json", "dockle", 0), ("hadolint/one_dockerfile.json", "hadolint", 4),
            ("checkov/severity.json", "checkov", 4), ("cosign/verify-output.json", "cosign", 0),
            ("sarif/dockle-0.3.15.sarif", "sarif", 4), ("sarif/gitleaks-7.5.0.sarif", "sarif", 8),
            ("sarif/grype-image.sarif", "sarif", 2), ("sarif/trivy-alpine-310.sarif", "sarif", 4),
        ])
    func understood(file: String, format: String, findings: Int) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: RealSamples.folder + "/" + file)))
        let results = try Imports.read(bytes)
        #expect(results.format == format)
        #expect(results.isWhole, "\(results.troubles)")
        #expect(results.findings.count == findings)
    }

    @Test(
        "say what they left out",
        arguments: [
            ("checkov/with_skips.json", 14), ("checkov/checkov2-0-vuln.json", 0), ("sarif/no_runs.sarif", 0),
        ])
    func incomplete(file: String, findings: Int) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: RealSamples.folder + "/" + file)))
        let results = try Imports.read(bytes)
        #expect(results.failure == nil)
        #expect(!results.troubles.isEmpty)
        #expect(results.findings.count == findings)
    }
}

/// Where they lie.
enum RealSamples {
    static let folder = RepositoryRoot.path + "/../shared/samples"
    static let isThere = FileManager.default.fileExists(atPath: folder)
}
