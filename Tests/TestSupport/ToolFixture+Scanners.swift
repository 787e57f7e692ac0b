extension ToolFixture {
    /// Every shape that is known of any tool.
    package static let all = scanners + secretTools + configurationTools + general

    /// Trivy, Grype and Syft.
    package static let scanners: [ToolFixture] = [
        ToolFixture(
            "Trivy, an image", "trivy", findings: 4, suppressed: 1,
            provides: ["vulnerabilities", "secrets", "components"],
            isNamed: true,
            #"""
            {"SchemaVersion": 2, "Trivy": {"Version": "0.70.0"}, "CreatedAt": "2026-11-20T10:00:00Z",
             "ArtifactName": "registry.test/app:1", "ArtifactType": "container_image",
             "Metadata": {"OS": {"Family": "debian", "Name": "12.5"}, "ImageID": "CONFIG", "DiffIDs": ["LAYER0", "LAYER1"],
              "RepoDigests": ["registry.test/app@IMAGE"],
              "ImageConfig": {"config": {"Env": ["TOKEN=NOISE"]}}},
             "Results": [
              {"Target": "registry.test/app:1 (debian 12.5)", "Class": "os-pkgs", "Type": "debian",
               "Packages": [{"Name": "openssl"}, {"Name": "zlib1g"}],
               "Vulnerabilities": [
                {"VulnerabilityID": "CVE-2026-1001", "PkgName": "openssl", "InstalledVersion": "3.0.1", "FixedVersion": "3.0.2",
                 "Severity": "CRITICAL", "Title": "openssl: a flaw", "Description": "NOISE", "Layer": {"DiffID": "LAYER0"}},
                {"VulnerabilityID": "CVE-2026-1002", "PkgName": "zlib1g", "InstalledVersion": "1.2", "Severity": "UNKNOWN",
                 "Layer": {"Digest": "", "DiffID": "LAYER0"}}],
               "ExperimentalModifiedFindings": [
                {"Type": "vulnerability", "Status": "not_affected", "Statement": "not reachable", "Source": ".vex",
                 "Finding": {"VulnerabilityID": "CVE-2026-1003", "PkgName": "zlib1g", "InstalledVersion": "1.2",
                  "Severity": "HIGH"}}]},
              {"Target": "/app/.env", "Class": "secret", "Secrets": [
                {"RuleID": "github-pat", "Category": "GitHub", "Severity": "CRITICAL", "Title": "GitHub token", "StartLine": 3,
                 "EndLine": 3, "Match": "TOKEN=****", "Offset": 12, "Layer": {"DiffID": "LAYER1", "CreatedBy": "COPY . /"},
                 "Code": {"Lines": [{"Number": 2, "Content": "OTHER=NOISE", "Highlighted": "OTHER=NOISE"}]}}]}]}
            """#),
        ToolFixture(
            "Trivy, a file system", "trivy", findings: 3, suppressed: 1, provides: ["misconfigurations"],
            #"""
            {"SchemaVersion": 2, "ArtifactName": "src", "ArtifactType": "filesystem", "Metadata": {}, "Results": [
             {"Target": "Dockerfile", "Class": "config", "Type": "dockerfile", "MisconfSummary": {"Successes": 26, "Failures": 1},
              "Misconfigurations": [
               {"Type": "Dockerfile Security Check", "ID": "DS-0002", "Title": "Image user should not be 'root'", "Severity": "HIGH",
                "Status": "FAIL", "CauseMetadata": {"StartLine": 4, "Code": {"Lines": [{"Content": "NOISE"}]}}},
               {"ID": "DS-0003", "Title": "Fine", "Severity": "LOW", "Status": "PASS"},
               {"ID": "DS-0004", "Title": "Left", "Severity": "LOW", "Status": "EXCEPTION"}],
              "Inventions": [{"ID": "X-1", "Severity": "LOW"}]}]}
            """#),
        ToolFixture(
            "Trivy, nothing found", "trivy", findings: 0, provides: ["vulnerabilities"], isNamed: true,
            #"""
            {"SchemaVersion": 2, "ArtifactName": "app", "ArtifactType": "container_image", "Metadata": {"ImageID": "CONFIG"},
             "Results": [{"Target": "app (alpine 3.20)", "Class": "os-pkgs", "Type": "alpine"}]}
            """#),
        ToolFixture(
            "Trivy, no result", "trivy", findings: 0, provides: ["vulnerabilities"], isNamed: true,
            isWhole: false,
            #"{"SchemaVersion": 2, "ArtifactName": "app", "Metadata": {"ImageID": "CONFIG"}}"#),
        ToolFixture(
            "Grype, an image", "grype", findings: 3, suppressed: 1, provides: ["vulnerabilities"],
            isNamed: true,
            #"""
            {"matches": [
              {"vulnerability": {"id": "CVE-2026-1001", "severity": "High", "fix": {"versions": ["3.0.2"], "state": "fixed"},
                "description": "NOISE"}, "relatedVulnerabilities": [], "matchDetails": [{"type": "exact-direct-match"}],
               "artifact": {"name": "openssl", "version": "3.0.1", "type": "deb", "purl": "pkg:deb/debian/openssl@3.0.1",
                "locations": [{"path": "/var/lib/dpkg/status", "layerID": "LAYER0"}]}},
              {"vulnerability": {"id": "GHSA-aaaa-bbbb-cccc", "severity": "Negligible", "fix": {"versions": [], "state": "unknown"}},
               "relatedVulnerabilities": [{"id": "CVE-2026-2001"}],
               "artifact": {"name": "lodash", "version": "1.0.0", "type": "npm",
                "locations": [{"path": "/app/package.json", "layerID": "LAYER1"}]}}],
             "ignoredMatches": [
              {"vulnerability": {"id": "CVE-2026-3001", "severity": "Unknown"}, "appliedIgnoreRules": [{"reason": "wont-fix"}],
               "artifact": {"name": "zlib1g", "version": "1.2", "type": "deb", "locations": []}}],
             "source": {"type": "image", "target": {"userInput": "app:1", "imageID": "CONFIG", "manifestDigest": "IMAGE",
               "repoDigests": [], "layers": [{"digest": "LAYER0"}, {"digest": "LAYER1"}], "config": "@SECRET64@"}},
             "distro": {"name": "debian"},
             "descriptor": {"name": "grype", "version": "0.80.0", "db": {"status": {"built": "2026-11-19T00:00:00Z"}}}}
            """#),
        ToolFixture(
            "Grype, nothing found", "grype", findings: 0, provides: ["vulnerabilities"], isNamed: true,
            #"""
            {"matches": [], "source": {"type": "image", "target": {"userInput": "app:1", "imageID": "CONFIG", "layers": []}},
             "descriptor": {"name": "grype", "version": "0.80.0", "db": {"built": "2026-11-19T00:00:00Z"}}}
            """#),
        ToolFixture(
            "Syft", "syft", findings: 0, provides: ["components"], isNamed: true,
            #"""
            {"artifacts": [
              {"id": "1", "name": "openssl", "version": "3.0.1", "type": "deb", "foundBy": "dpkg-db-cataloger",
               "locations": [{"path": "/var/lib/dpkg/status", "layerID": "LAYER0", "annotations": {"evidence": "primary"}}]},
              {"id": "2", "name": "zlib1g", "version": "1.2", "type": "deb", "foundBy": "dpkg-db-cataloger", "locations": []}],
             "artifactRelationships": [], "files": [],
             "source": {"id": "x", "type": "image", "metadata": {"userInput": "app:1", "imageID": "CONFIG",
               "manifestDigest": "IMAGE", "layers": [{"digest": "LAYER0"}, {"digest": "LAYER1"}], "config": "@SECRET64@"}},
             "descriptor": {"name": "syft", "version": "1.20.0"}, "schema": {"version": "16.0.0"}}
            """#),
    ]
}
