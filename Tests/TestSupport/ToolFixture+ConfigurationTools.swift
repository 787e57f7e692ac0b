extension ToolFixture {
    /// Tools that look at settings and at signatures.
    package static let configurationTools: [ToolFixture] = [
        ToolFixture(
            "Dockle", "dockle", findings: 5, suppressed: 1, provides: ["misconfigurations"],
            #"""
            {"image": "app:1", "summary": {"fatal": 1, "warn": 1, "info": 1, "skip": 1, "pass": 12}, "details": [
              {"code": "CIS-DI-0010", "title": "Do not store credential in environment variables/files", "level": "FATAL",
               "alerts": ["Suspicious ENV key found : TOKEN on ENV TOKEN=NOISE (You can suppress it)",
                "Suspicious filename found : app/credentials.json (You can suppress it)"]},
              {"code": "CIS-DI-0001", "title": "Create a user for the container", "level": "WARN",
               "alerts": ["Last user should not be root"]},
              {"code": "CIS-DI-0008", "title": "Confirm safety of setuid/setgid files", "level": "INFO",
               "alerts": ["setuid file: urwxr-xr-x usr/bin/passwd"]},
              {"code": "DKL-DI-0005", "title": "Clear apt-get caches", "level": "IGNORE", "alerts": []},
              {"code": "CIS-DI-0005", "title": "Enable Content trust", "level": "SKIP", "alerts": []}]}
            """#),
        ToolFixture(
            "Dockle, nothing found", "dockle", findings: 0, provides: ["misconfigurations"],
            #"{"summary": {"fatal": 0, "warn": 0, "info": 0, "skip": 0, "pass": 16}, "details": []}"#),
        ToolFixture(
            "Hadolint", "hadolint", findings: 2, provides: ["misconfigurations"],
            #"""
            [{"line": 9, "code": "DL3008", "message": "Pin versions: NOISE", "column": 1, "file": "src\\Dockerfile", "level": "warning"},
             {"line": 12, "code": "SC2086", "message": "NOISE", "column": 3, "file": "src\\Dockerfile", "level": "info"}]
            """#),
        ToolFixture(
            "Hadolint that could not parse", "hadolint", findings: 1, provides: ["misconfigurations"],
            isWhole: false,
            #"[{"line": 1, "code": "DL1000", "message": "unexpected NOISE", "column": 1, "file": "Dockerfile", "level": "error"}]"#
        ),
        ToolFixture(
            "Checkov, one report", "checkov", findings: 2, suppressed: 1, provides: ["misconfigurations"],
            #"""
            {"check_type": "dockerfile", "results": {"passed_checks": [{"check_id": "CKV_DOCKER_1"}],
              "failed_checks": [{"check_id": "CKV_DOCKER_3", "check_name": "Ensure that a user has been created",
               "check_result": {"result": "FAILED"}, "code_block": [[1, "ENV TOKEN=NOISE"]], "file_path": "/Dockerfile",
               "file_line_range": [1, 9], "resource": "/Dockerfile.", "severity": null}],
              "skipped_checks": [{"check_id": "CKV_DOCKER_2", "check_name": "Healthcheck", "file_path": "/Dockerfile",
               "check_result": {"result": "SKIPPED", "suppress_comment": "NOISE"}, "file_line_range": [1, 9], "severity": "LOW"}],
              "parsing_errors": []},
             "summary": {"passed": 1, "failed": 1, "skipped": 1, "parsing_errors": 0, "checkov_version": "3.2.0"}}
            """#),
        ToolFixture(
            "Checkov, several reports", "checkov", findings: 3,
            provides: ["secrets", "misconfigurations", "vulnerabilities"],
            #"""
            [{"check_type": "secrets", "results": {"failed_checks": [{"check_id": "CKV_SECRET_2", "check_name": "AWS Access Key",
               "file_path": "/app/.env", "file_line_range": [3, 3], "code_block": [[3, "NOISE"]], "severity": null}]}, "summary": {}},
             {"check_type": "kubernetes", "results": {"failed_checks": [{"check_id": "CKV_K8S_1", "check_name": "No host PID",
               "file_path": "/k8s.yaml", "file_line_range": [1, 2], "severity": "HIGH"}]}, "summary": {}},
             {"check_type": "sca_image", "results": {"failed_checks": [{"check_id": "CKV_CVE_2026_1001", "check_name": "SCA",
               "file_path": "/app", "vulnerability_details": {"id": "CVE-2026-1001", "severity": "critical",
               "package_name": "openssl", "package_version": "3.0.1", "lowest_fixed_version": "3.0.2"}}]}, "summary": {}}]
            """#),
        ToolFixture(
            "Checkov, bare counts", "checkov", findings: 0, provides: ["misconfigurations"], isWhole: false,
            #"{"passed": 0, "failed": 0, "skipped": 0, "parsing_errors": 0, "resource_count": 0, "checkov_version": "3.2.0"}"#
        ),
        ToolFixture(
            "cosign verify, with text for people", "cosign", findings: 0, provides: ["signatures"],
            isNamed: true, isLines: true,
            #"""

            Verification for registry.test/app:1 --
            The following checks were performed on each of these signatures:
              - The cosign claims were validated

            [{"critical":{"identity":{"docker-reference":"registry.test/app"},"image":{"docker-manifest-digest":"IMAGE"},"type":"cosign container image signature"},"optional":null}]
            """#),
        ToolFixture(
            "cosign verify, as documented", "cosign", findings: 0, provides: ["signatures"], isNamed: true,
            #"""
            [{"critical": {"identity": {"docker-reference": ""}, "image": {"Docker-manifest-digest": "IMAGE"}, "type": "x"},
              "optional": {"Subject": "NOISE"}}]
            """#),
        ToolFixture(
            "XCCDF", "xccdf", findings: 1, provides: ["misconfigurations"],
            #"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="b">
              <Rule id="xccdf_org.ssgproject.content_rule_no_empty_passwords" severity="high"><title>NOISE</title></Rule>
              <TestResult id="t" start-time="2026-11-20T10:00:00" end-time="2026-11-20T10:01:00" test-system="cpe:/a:redhat:openscap:1.3.7">
                <target>container</target>
                <rule-result idref="xccdf_org.ssgproject.content_rule_no_empty_passwords" severity="high"><result>fail</result>
                  <check><check-content>NOISE</check-content></check></rule-result>
                <rule-result idref="xccdf_org.ssgproject.content_rule_a" severity="low"><result>pass</result></rule-result>
                <rule-result idref="xccdf_org.ssgproject.content_rule_b" severity="low"><result>notselected</result></rule-result>
              </TestResult>
            </Benchmark>
            """#),
        ToolFixture(
            "ARF", "xccdf", findings: 1, provides: ["misconfigurations"], isNamed: true, isWhole: false,
            #"""
            <arf:asset-report-collection xmlns:arf="http://scap.nist.gov/schema/asset-reporting-format/1.1"
              xmlns:xccdf="http://checklists.nist.gov/xccdf/1.2"><arf:reports><arf:report id="r"><arf:content>
              <xccdf:TestResult id="t" test-system="cpe:/a:redhat:openscap:1.3.7"><xccdf:target>podman-image://CONFIG</xccdf:target>
                <xccdf:rule-result idref="r_rule_x" severity="medium"><xccdf:result>fail</xccdf:result></xccdf:rule-result>
                <xccdf:rule-result idref="r_rule_y" severity="medium"><xccdf:result>error</xccdf:result></xccdf:rule-result>
              </xccdf:TestResult></arf:content></arf:report></arf:reports></arf:asset-report-collection>
            """#),
    ]
}
