extension ToolFixture {
    /// Formats that several tools write, and our own.
    package static let general: [ToolFixture] = [
        ToolFixture(
            "CycloneDX JSON", "cyclonedx", findings: 4, suppressed: 2,
            provides: ["components", "vulnerabilities", "secrets", "certificates"], givesSecret: true,
            isNamed: true,
            #"""
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "metadata": {"tools": {"components": [{"type": "application", "name": "trivy", "version": "0.70.0"}]},
              "component": {"type": "container", "name": "app", "version": "IMAGE",
               "properties": [{"name": "aquasecurity:trivy:ImageID", "value": "CONFIG"},
                {"name": "aquasecurity:trivy:DiffID", "value": "LAYER0"}, {"name": "aquasecurity:trivy:DiffID", "value": "LAYER1"}]}},
             "components": [
              {"bom-ref": "a", "type": "library", "name": "openssl", "version": "3.0.1", "components": [
                {"bom-ref": "b", "type": "library", "name": "inner", "version": "1"}],
               "properties": [{"name": "syft:location:0:path", "value": "/var/lib/dpkg/status"},
                {"name": "syft:location:0:layerID", "value": "LAYER0"}]},
              {"type": "cryptographic-asset", "name": "server", "cryptoProperties": {"assetType": "certificate",
                "certificateProperties": {"subjectName": "CN=app", "issuerName": "CN=ca", "notValidBefore": "2022-01-01T00:00:00.000Z",
                 "notValidAfter": "2024-01-01T00:00:00.000Z"}}},
              {"type": "cryptographic-asset", "name": "key", "cryptoProperties": {"assetType": "related-crypto-material",
                "relatedCryptoMaterialProperties": {"type": "private-key", "state": "active", "value": "@SECRET@",
                 "expirationDate": "2027-01-01T00:00:00Z"}}},
              {"type": "cryptographic-asset", "name": "old", "cryptoProperties": {"assetType": "related-crypto-material",
                "relatedCryptoMaterialProperties": {"type": "token", "state": "destroyed"}}},
              {"type": "cryptographic-asset", "name": "aes", "cryptoProperties": {"assetType": "algorithm"}}],
             "vulnerabilities": [
              {"id": "CVE-2026-1001", "ratings": [{"severity": "high"}], "affects": [{"ref": "a"}], "description": "NOISE"},
              {"id": "CVE-2026-1002", "ratings": [], "affects": [{"ref": "b"}], "analysis": {"state": "not_affected"}}]}
            """#),
        ToolFixture(
            "CycloneDX XML", "cyclonedx", findings: 1, provides: ["components", "vulnerabilities"],
            isNamed: true,
            #"""
            <?xml version="1.0" encoding="UTF-8"?>
            <bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">
              <metadata><tools><tool><name>grype</name><version>0.80.0</version></tool></tools>
                <component type="container"><name>app</name><version>IMAGE</version></component></metadata>
              <components>
                <component type="library" bom-ref="a"><name>openssl</name><version>3.0.1</version>
                  <properties><property name="syft:location:0:path">/var/lib/dpkg/status</property></properties>
                  <components><component type="library" bom-ref="b"><name>inner</name></component></components></component>
              </components>
              <vulnerabilities><vulnerability bom-ref="v"><id>CVE-2026-1001</id>
                <ratings><rating><severity>critical</severity></rating></ratings>
                <affects><target><ref>a</ref></target></affects></vulnerability></vulnerabilities>
            </bom>
            """#),
        ToolFixture(
            "CycloneDX of components alone", "cyclonedx", findings: 0, provides: ["components"],
            #"{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": []}"#),
        ToolFixture(
            "SARIF of gitleaks", "sarif", findings: 1, provides: ["secrets"], givesSecret: true,
            #"""
            {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [
             {"tool": {"driver": {"name": "gitleaks", "semanticVersion": "v8.24.0", "rules": [
               {"id": "generic-api-key", "shortDescription": {"text": "Generic API key"}}]}},
              "results": [{"message": {"text": "found NOISE"}, "ruleId": "generic-api-key", "locations": [
               {"physicalLocation": {"artifactLocation": {"uri": "app/%2Eenv"}, "region": {"startLine": 3, "startColumn": 7,
                "snippet": {"text": "@SECRET@"}}}}], "partialFingerprints": {"commitSha": "", "author": "NOISE"}}]}]}
            """#),
        ToolFixture(
            "SARIF of Trivy, rules behind the results", "sarif", findings: 2, suppressed: 1,
            provides: ["vulnerabilities"],
            isNamed: true,
            #"""
            {"version": "2.1.0", "runs": [
             {"properties": {"imageName": "app:1", "repoDigests": ["registry.test/app@IMAGE"], "imageID": "CONFIG"},
              "results": [
               {"ruleId": "CVE-2026-1001", "ruleIndex": 0, "level": "error", "message": {"text": "NOISE"}, "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": "library/app", "uriBaseId": "ROOTPATH"}, "region": {"startLine": 1}}}]},
               {"rule": {"index": 1}, "message": {"text": "x"}, "suppressions": [{"kind": "external", "status": "accepted"}]},
               {"ruleId": "CVE-2026-1001", "kind": "pass", "message": {"text": "x"}},
               {"ruleId": "CVE-2026-1001", "baselineState": "absent", "message": {"text": "x"}}],
              "tool": {"driver": {"name": "Trivy", "fullName": "Trivy Scanner", "version": "0.70.0", "rules": [
               {"id": "CVE-2026-1001", "shortDescription": {"text": "openssl: a flaw"}, "fullDescription": {"text": "NOISE"},
                "properties": {"security-severity": "9.8", "tags": ["vulnerability", "security", "CRITICAL"]}},
               {"id": "CVE-2026-1002", "defaultConfiguration": {"level": "note"}, "properties": {"tags": ["vulnerability"]}}]}}}]}
            """#),
        ToolFixture(
            "SARIF of two runs, one that failed", "sarif", findings: 2, provides: ["misconfigurations"],
            isWhole: false,
            #"""
            {"version": "2.1.0", "runs": [
             {"tool": {"driver": {"name": "hadolint", "rules": [{"id": "DL3008"}]}}, "results": [
               {"ruleId": "DL3008", "level": "warning", "message": {"text": "NOISE"}, "locations": [{"physicalLocation":
                {"artifactLocation": {"uri": "Dockerfile"}}}]}], "invocations": [{"executionSuccessful": true}]},
             {"tool": {"driver": {"name": "checkov"}, "extensions": [{"name": "x", "rules": [{"id": "CKV_1", "name": "One"}]}]},
              "results": [{"rule": {"index": 0, "toolComponent": {"index": 0}}, "message": {"text": "x"}}],
              "invocations": [{"executionSuccessful": false, "commandLine": "NOISE"}]}]}
            """#),
        ToolFixture(
            "SARIF of an unknown tool", "sarif", findings: 1, provides: [],
            #"""
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "In-House Tool", "version": "1"}}, "results": [
              {"ruleId": "x/y", "message": {"text": "NOISE"}}]}]}
            """#),
        ToolFixture(
            "palimpsest.findings/1", "findings", findings: 4, suppressed: 1,
            provides: ["secrets", "vulnerabilities", "verifications"], givesSecret: true, isNamed: true,
            #"""
            {"schema": "palimpsest.findings/1", "tool": {"name": "in-house", "version": "3.1", "database": "2026-11-01"},
             "image": {"digest": "IMAGE", "configDigest": "CONFIG", "diffIDs": ["LAYER0", "LAYER1"], "name": "app:1"},
             "provides": ["secrets", "vulnerabilities"], "outcome": "completed",
             "findings": [
              {"rule": "internal.token", "title": "Internal token", "kind": "credential.service", "severity": "high",
               "confidence": "high", "verified": true, "secret": "@SECRET@",
               "location": {"layer": "LAYER1", "path": "/app/.env", "line": 3, "column": 7}},
              {"rule": "internal.env", "kind": "credential.generic", "location": {"config": "Env/TOKEN"}},
              {"rule": "CVE-2026-1001", "kind": "component.vulnerable", "severity": "critical", "package": "openssl",
               "version": "3.0.1", "fixedVersion": "3.0.2", "suppressed": "no such call", "location": {}},
              {"rule": "internal.strange", "kind": "of-no-known-kind"}]}
            """#),
    ]
}
