import Model
import Testing
import TestSupport

@testable import ResultImporting

/// Whatever is done to a file of results, reading it ends, and what was lost is told.
@Suite("Broken results")
struct MutationTests {
    @Test("a file that was cut off is never whole", arguments: ToolFixture.all.filter { !$0.isLines })
    func cuts(_ fixture: ToolFixture) throws {
        let bytes = fixture.bytes()
        let end = bytes.count - bytes.reversed().prefix { $0 <= 0x20 }.count
        // Of nothing at all, only who ran the tool can say what it means.
        for length in stride(from: 1, to: end, by: 3) {
            guard let results = try? Imports.read(Array(bytes.prefix(length)), as: fixture.format) else {
                continue
            }
            #expect(!results.isWhole, "the first \(length) bytes")
        }
    }

    @Test("a cut line is told, and what stood before it stays", arguments: ToolFixture.all.filter(\.isLines))
    func cutLines(_ fixture: ToolFixture) throws {
        let bytes = fixture.bytes()
        for length in stride(from: 0, to: bytes.count, by: 3) {
            guard let results = try? Imports.read(Array(bytes.prefix(length)), as: fixture.format) else {
                continue
            }
            let isAtLine = length == 0 || bytes[..<length].last == 0x0a || bytes[length] == 0x0a
            if fixture.format != "cosign", !isAtLine {
                #expect(!results.isWhole, "the first \(length) bytes")
            }
            #expect(results.findings.count <= fixture.findings)
        }
    }

    @Test("no change of a byte traps or hangs, or lets a secret out", arguments: ToolFixture.all)
    func bytes(_ fixture: ToolFixture) throws {
        var random = SeededGenerator(seed: 20_261_126)
        let original = fixture.bytes()
        for _ in 0..<120 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                case 2:
                    bytes.insert(Array("{}[],:\"\\<>&0-\n".utf8).randomElement(using: &random) ?? 0, at: at)
                default:
                    let end = min(bytes.count, at + Int.random(in: 1...60, using: &random))
                    bytes.insert(contentsOf: bytes[at..<end], at: at)
                }
            }
            for format in [nil, fixture.format] {
                guard let results = try? Imports.read(bytes, as: format) else { continue }
                // A change inside the noise itself makes it another text.
                let isIntact = String(decoding: bytes, as: UTF8.self).contains(ToolFixture.noise)
                if isIntact, format != nil { #expect(!results.dump.contains(ToolFixture.noise)) }
            }
        }
    }

    @Test(
        "a record of another type is a fault with its place, and no more",
        arguments: [
            (
                "gitleaks",
                #"[{"RuleID": "a", "File": "b", "Secret": "c"}, 7, {"RuleID": "d", "File": "e"}]"#, 2, 1
            ),
            ("gitleaks", #"[{"RuleID": "a"}, null, "x", {"RuleID": "d", "File": "e"}]"#, 1, 3),
            (
                "grype",
                #"{"matches": [{}, {"vulnerability": {"id": "C", "severity": "Low"}, "artifact": {"name": "a"}}]}"#,
                1, 1
            ),
            (
                // What was rated before it was damaged may be as bad as any.
                "grype", #"{"matches": [{"vulnerability": {"id": "CVE-1"}, "artifact": {"name": "a"}}]}"#, 1,
                1
            ),
            (
                "trivy",
                #"{"SchemaVersion": 2, "Results": [5, {"Class": "os-pkgs", "Vulnerabilities": [[]]}]}"#, 0, 2
            ),
            (
                "trivy",
                #"{"SchemaVersion": 2, "Results": [{"Class": "os-pkgs", "Vulnerabilities": {"a": 1}}]}"#, 0, 1
            ),
            (
                "sarif",
                #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [1, {}]}, 2]}"#,
                1, 2
            ),
            ("hadolint", #"[{"code": "DL1", "file": "D", "code": "DL2"}]"#, 0, 1),
            ("dockle", #"{"details": [{"code": 5}, {"code": "A", "level": "WARN"}]}"#, 1, 1),
            ("detect-secrets", #"{"results": {"f": [{}], "g": 5}}"#, 0, 2),
        ])
    func faults(format: String, text: String, findings: Int, faults: Int) throws {
        let results = try Imports.read(text, as: format)
        #expect(results.failure == nil)
        #expect(results.findings.count == findings)
        #expect(results.faults.count == faults, "\(results.faults)")
        #expect(results.faults.allSatisfy { $0.detail.hasPrefix("byte ") })
    }

    @Test("a broken line costs that line")
    func lines() throws {
        let line = #"{"SourceMetadata":{"Data":{"Filesystem":{"file":"f"}}},"DetectorName":"AWS","Raw":"x"}"#
        let text = [line, "{\"Detector", line, "not JSON", #"{"a":1}"#, line].joined(separator: "\n") + "\n"
        let results = try Imports.read(text, as: "trufflehog")
        #expect(results.findings.count == 3)
        #expect(results.faults.map { String($0.detail.prefix(6)) } == ["line 2", "line 4", "line 5"])
        #expect(results.failure == nil)
    }

    @Test("records that are laid out over several lines are read as well")
    func laidOut() throws {
        let record = """
            {
              "SourceMetadata": {"Data": {"Filesystem": {"file": "f"}}},
              "DetectorName": "AWS"
            }

            """
        let results = try Imports.read(record + record, as: "trufflehog")
        #expect(results.findings.count == 2)
        #expect(results.isWhole)
    }

    @Test("more results than are kept are told, and cost no more memory")
    func overflow() throws {
        let record = #"{"RuleID":"a","File":"b","StartLine":1}"#
        var isFirst = true
        var left = 60_000
        let results = try ResultReader.read(
            format: "gitleaks", mapping: Imports.mapping,
            from: { () throws(ImportError) in
                defer { isFirst = false }
                if isFirst { return Array(("[" + record).utf8) }
                left -= 100
                if left == 0 { return Array("]".utf8) }
                return left < 0 ? [] : Array(String(repeating: "," + record, count: 100).utf8)
            }, fingerprint: { _ in Imports.fingerprint("") })
        #expect(results.failure == nil)
        #expect((20_000...25_000).contains(results.findings.count))
        #expect(results.records == 59_901)
        #expect(results.faults.map(\.reason) == [.detectorLimit])
    }
}
