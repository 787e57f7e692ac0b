extension ToolFixture {
    /// Tools that look for secrets.
    package static let secretTools: [ToolFixture] = [
        ToolFixture(
            "gitleaks 8", "gitleaks", findings: 2, provides: ["secrets"], givesSecret: true,
            #"""
            [
             {"RuleID": "generic-api-key", "Description": "Generic API key", "StartLine": 3, "EndLine": 3, "StartColumn": 7,
              "EndColumn": 40, "Match": "TOKEN=@SECRET@ and NOISE", "Secret": "@SECRET@", "File": "app/.env", "SymlinkFile": "",
              "Commit": "", "Entropy": 4.1, "Author": "", "Email": "", "Date": "", "Message": "", "Tags": [],
              "Fingerprint": "app/.env:generic-api-key:3"},
             {"RuleID": "aws-access-token", "Description": "AWS", "StartLine": 1, "EndLine": 1, "Match": "REDACTED",
              "Secret": "REDACTED", "File": "app/@SECRET@.txt", "Tags": [], "Fingerprint": "x"}
            ]
            """#),
        ToolFixture(
            "gitleaks 7", "gitleaks", findings: 1, provides: ["secrets"], givesSecret: true,
            #"""
            [{"line": "TOKEN=@SECRET@ NOISE", "lineNumber": 3, "offender": "@SECRET@", "commit": "b1", "repo": ".", "rule": "AWS Access Key",
              "commitMessage": "NOISE", "author": "x", "email": "x@y", "file": "app/.env", "date": "2021-01-01", "tags": "key, AWS"}]
            """#),
        ToolFixture(
            "TruffleHog, an image", "trufflehog", findings: 2, provides: ["secrets", "verifications"],
            givesSecret: true,
            isNamed: true, isLines: true,
            #"""
            {"SourceMetadata":{"Data":{"Docker":{"file":"/app/.env","image":"registry.test/app@IMAGE","layer":"LAYER1","tag":"1"}}},"SourceID":1,"DetectorType":8,"DetectorName":"Github","DecoderName":"PLAIN","Verified":true,"Raw":"@SECRET@","RawV2":"","Redacted":"NOISE","ExtraData":{"user":"NOISE"},"StructuredData":null,"SecretParts":{"key":"@SECRET@"}}
            {"SourceMetadata":{"Data":{"Docker":{"file":"image-metadata:history:1:created-by","image":"registry.test/app@IMAGE","layer":"","tag":"1"}}},"DetectorName":"AWS","DecoderName":"BASE64","Verified":false,"VerificationError":"timeout","Raw":"@SECRET@"}

            """#),
        ToolFixture(
            "TruffleHog, base64 of early releases", "trufflehog", findings: 1, provides: ["secrets"],
            givesSecret: true,
            isLines: true,
            #"""
            {"SourceMetadata":{"Data":{"Git":{"commit":"f","file":"app/.env","line":4}}},"DetectorName":"AWS","Verified":false,"Raw":"@SECRET64@","Redacted":"","ExtraData":null,"StructuredData":null}

            """#),
        ToolFixture(
            "TruffleHog, in a list, with its own notes", "trufflehog", findings: 1, provides: ["secrets"],
            givesSecret: true,
            #"""
            [{"level": "info-0", "ts": "2026-11-20T10:00:00Z", "msg": "finished scanning", "trufflehog_version": "3.90.0"},
             {"SourceMetadata": {"Data": {"Filesystem": {"file": "app/.env", "line": 4}}}, "DetectorName": "URI",
              "DecoderName": "PLAIN", "Verified": false, "Raw": "@SECRET@"}]
            """#),
        ToolFixture(
            "Kingfisher, an object", "kingfisher", findings: 3, provides: ["secrets", "verifications"],
            givesSecret: true,
            #"""
            {"findings": [
              {"rule": {"name": "GitHub token", "id": "kingfisher.github.1"},
               "finding": {"snippet": "@SECRET@", "fingerprint": "13778709639383676952", "confidence": "medium", "entropy": "4.55",
                "validation": {"status": "Active Credential", "response": "NOISE"}, "language": "Shell", "line": "3",
                "column_start": 0, "column_end": 29, "path": "app/.env", "validate_command": "curl NOISE"}},
              {"rule": {"name": "AWS", "id": "kingfisher.aws.1"},
               "finding": {"snippet": "@SECRET@", "confidence": "high", "validation": {"status": "Inactive Credential"}, "line": 9,
                "path": "app/aws"}}],
             "access_map": [{"provider": "aws", "account": "NOISE"}], "metadata": {"kingfisher_version": "1.98.0"}}
            """#),
        ToolFixture(
            "Kingfisher 2.14, counts behind the document", "kingfisher", findings: 1, provides: ["secrets"],
            givesSecret: true, isLines: true,
            #"""
            {"findings":[{"rule":{"title":"X","name":"github-pat","id":"betterleaks.github-pat"},"finding":{"snippet":"@SECRET@","validation":{"status":"Not Attempted"},"line":3,"path":"app/.env"}}],"audit":{"schema":"1"},"metadata":{"kingfisher_version":"2.14.0","command_line_args":["NOISE"]}}
            {"findings":1,"rules_applied":488,"scan_date":"2026-11-20","kingfisher":{"version_used":"2.14.0"},"findings_by_rule":[]}

            """#),
        ToolFixture(
            "Kingfisher 1.10", "kingfisher", findings: 1, provides: ["secrets"], givesSecret: true,
            #"""
            [{"id": "kingfisher.github.1", "matches": [{"rule": {"name": "GitHub token", "id": "kingfisher.github.1"},
              "finding": {"snippet": "@SECRET@", "confidence": "medium", "validation": {"status": "Not Attempted", "response": ""},
               "line": 3, "path": "app/.env"}}]}]
            """#),
        ToolFixture(
            "Kingfisher, lines", "kingfisher", findings: 2, provides: ["secrets"], givesSecret: true,
            isLines: true,
            #"""
            {"rule":{"name":"GitHub token","id":"kingfisher.github.1"},"finding":{"snippet":"@SECRET@","line":3,"path":"app/.env"}}
            {"access_map":[{"provider":"github"}]}
            {"audit":{"rules_applied":400}}

            """#),
        ToolFixture(
            "detect-secrets", "detect-secrets", findings: 3, suppressed: 1, provides: ["secrets"],
            #"""
            {"version": "1.5.0", "plugins_used": [{"name": "AWSKeyDetector"}], "filters_used": [], "results": {
              "app/.env": [
               {"type": "Secret Keyword", "filename": "app/.env", "hashed_secret": "NOISE", "is_verified": false, "line_number": 3},
               {"type": "AWS Access Key", "filename": "app/.env", "hashed_secret": "NOISE", "is_verified": false, "line_number": 4,
                "is_secret": false}],
              "win\\path\\x.txt": [{"type": "Private Key", "filename": "win\\path\\x.txt", "hashed_secret": "NOISE",
               "is_verified": false, "line_number": 1}]}, "generated_at": "2026-11-20T10:00:00Z"}
            """#),
        ToolFixture(
            "ggshield, scans", "ggshield", findings: 2, suppressed: 1,
            provides: ["secrets", "verifications"],
            #"""
            {"id": "x", "type": "docker", "scans": [{"id": "y", "entities_with_incidents": [{"mode": "FILE", "filename": "app/.env",
              "incidents": [
               {"policy": "Secrets detection", "type": "GitHub Token", "validity": "valid", "ignore_sha": "NOISE",
                "occurrences": [{"match": "ghp_****************", "type": "apikey", "line_start": 3}], "total_occurrences": 1},
               {"policy": "Secrets detection", "type": "Generic Password", "validity": "no_checker", "ignore_sha": "NOISE",
                "ignore_reason": {"kind": "ignored_path"}, "occurrences": [{"match": "a*****z", "line_start": null}]}]}]}],
             "total_incidents": 2, "total_occurrences": 2}
            """#),
        ToolFixture(
            "ggshield, one scan with secrets shown", "ggshield", findings: 1, provides: ["secrets"],
            givesSecret: true,
            #"""
            {"id": "x", "entities_with_incidents": [{"filename": "app/.env", "incidents": [{"policy": "Secrets detection",
              "type": "Generic High Entropy Secret", "validity": "failed_to_check",
              "occurrences": [{"match": "@SECRET@", "line_start": 3, "line_end": 3}]}]}], "total_incidents": 1}
            """#),
        ToolFixture(
            "Nosey Parker, lines", "noseyparker", findings: 2, provides: ["secrets"], givesSecret: true,
            isLines: true,
            #"""
            {"finding_id":"NOISE","rule_name":"GitHub Token","rule_text_id":"np.github.1","groups":["@SECRET64@"],"num_matches":1,"matches":[{"provenance":[{"kind":"file","path":"app/.env"},{"kind":"git_repo","repo_path":"r","first_commit":{"blob_path":"old/.env"}}],"blob_id":"x","location":{"offset_span":{"start":1,"end":2},"source_span":{"start":{"line":3,"column":7},"end":{"line":3,"column":40}}},"groups":["@SECRET64@"],"snippet":{"before":"NOISE","matching":"@SECRET@","after":"NOISE"}}]}

            """#),
    ]
}
