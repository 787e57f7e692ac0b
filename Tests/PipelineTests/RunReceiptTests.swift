import Detection
import Foundation
import Glibc
import Model
import ResultImporting
import Testing
import TestSupport

@testable import Pipeline

@Suite("Runs of other tools")
struct RunReceiptTests {
    private let scratch: ScratchFolder
    private let now = Instant(seconds: 1_795_392_000)

    init() throws { scratch = try ScratchFolder() }

    private func run(_ script: String, to name: String = "out.json") throws -> Int {
        try ToolRun.run(["sh", "-c", script], tool: "trivy", output: scratch.file(name)) { now }
    }

    @Test("leave what the tool wrote, and a receipt that is about it")
    func receipt() throws {
        #expect(try run("printf hello; exit 5") == 5)
        #expect(try scratch.read("out.json") == Array("hello".utf8))
        let receipt = try #require(try RunReceipt.beside(scratch.file("out.json")))
        #expect(receipt.exitStatus == 5)
        #expect(receipt.tool == "trivy")
        #expect(receipt.output.text == Samples.digest(Array("hello".utf8)))
        #expect(receipt.started == now)
    }

    @Test("take no device's and no pipe's place, and write through a link")
    func noFile() throws {
        let made = unsafe mkfifo(scratch.file("pipe"), 0o600)
        try #require(made == 0)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file("to-pipe"), withDestinationPath: scratch.file("pipe"))
        for name in ["pipe", "to-pipe"] {
            let error = #expect(throws: AuditError.self) { try run("printf x", to: name) }
            #expect(error?.code == .unwritableOutput)
        }
        let type = try FileManager.default.attributesOfItem(atPath: scratch.file("pipe"))[.type]
        #expect(type as? FileAttributeType != .typeRegular)
        try scratch.write(Array("old".utf8), to: "file")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.file("link"), withDestinationPath: scratch.file("file"))
        #expect(try run("printf new", to: "link") == 0)
        #expect(try scratch.read("file") == Array("new".utf8))
    }

    @Test("of a tool that a signal ended are failed")
    func signal() throws {
        #expect(try run("printf x; kill -9 $$") == 128 + 9)
    }

    @Test(
        "are what the tool's own statuses say, which are not the same for all",
        arguments: [
            ("openscap", [0, 2]), ("dockle", [0, 1, 2]), ("grype", [0, 1, 2]), ("of-no-known-name", [0]),
        ])
    func statuses(tool: String, statuses: [Int]) throws {
        #expect(try PolicySources.importers(adding: []).exitStatuses(of: tool) == statuses)
    }

    @Test(
        "of a tool that says by its status that it found something, and lists nothing, are not whole",
        arguments: [
            ("gitleaks", 1, "[]", false), ("gitleaks", 0, "[]", true),
            ("gitleaks", 1, #"[{"RuleID": "a", "File": "f"}]"#, true),
            ("grype", 1, #"{"matches": [], "source": {}}"#, false),
            ("grype", 2, #"{"matches": [], "source": {}}"#, false),
            (
                "grype", 1,
                #"{"matches": [], "ignoredMatches": [{"vulnerability": {"id": "C", "severity": "Low"}, "artifact": {"name": "a"}}]}"#,
                true
            ),
            (
                "xccdf", 2,
                #"<TestResult xmlns="http://checklists.nist.gov/xccdf/1.2"><rule-result idref="r"><result>pass</result></rule-result></TestResult>"#,
                false
            ),
            (
                // OSV-Scanner ends so where it found licenses, too.
                "sarif", 1,
                #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "osv-scanner"}}, "results": []}]}"#,
                true
            ),
        ])
    func foundNothing(format: String, status: Int, text: String, isWhole: Bool) throws {
        try scratch.write(Array(text.utf8), to: "text")
        #expect(try run("cat '\(scratch.file("text"))'; exit \(status)") == status)
        let source = ResultSelection.Source("\(format):\(scratch.file("out.json"))", formats: [format])
        let given = try Self.files().read(source)
        #expect(given.outcome == (isWhole ? .completed : .incomplete), "\(given.shortfall ?? "")")
    }

    @Test(
        "of a tool that failed and wrote nothing are that tool's, whose receipt says so", arguments: [1, 0])
    func nothing(status: Int) throws {
        #expect(try run("exit \(status)") == status)
        let source = ResultSelection.Source(scratch.file("out.json"), formats: ["trivy"])
        let given = try Self.files().read(source)
        #expect(given.results.tool == "trivy" && given.outcome == .failed)
        try FileManager.default.removeItem(atPath: RunReceipt.path(for: scratch.file("out.json")))
        let error = #expect(throws: AuditError.self) { try Self.files().read(source) }
        #expect(error?.code == .unknownResults)
    }

    private static func files() throws -> ResultFiles {
        ResultFiles(
            try PolicySources.importers(adding: []),
            key: FingerprintKey(bytes: Array(repeating: 7, count: 32)),
            scanner: try Samples.detectors.makeScanner())
    }

    @Test("take away the receipt of an older run, also where the tool cannot be run")
    func older() throws {
        _ = try run("printf x")
        #expect(throws: AuditError.self) {
            try ToolRun.run(["sh"], tool: "x", output: scratch.file("no/such/folder")) { now }
        }
        for tool in [
            "no-such-tool", scratch.file("no-such-tool"), scratch.file("."), scratch.file("out.json"),
        ] {
            #expect(throws: AuditError.self, "\(tool)") {
                try ToolRun.run([tool], tool: "x", output: scratch.file("out.json")) { now }
            }
            #expect(try RunReceipt.beside(scratch.file("out.json")) == nil)
        }
    }

    @Test(
        "that could not begin name the program, and nothing of what may be a secret",
        arguments: [
            ("trivyy", "trivyy", "there is no such program"),
            ("TOKEN=hush", "TOKEN=…", "there is no such program"),
        ])
    func noProgram(word: String, place: String, reason: String) throws {
        let error = #expect(throws: AuditError.self) {
            try ToolRun.run([word, "image"], tool: "trivy", output: scratch.file("out.json")) { now }
        }
        #expect(error == AuditError(code: .unrunnableTool, place: place, reason: ""))
        #expect(error?.reason.contains(reason) == true)
    }

    @Test("that could not begin since the file may not be run say so")
    func noPermission() throws {
        let path = try scratch.write(Array("#!/bin/sh\n".utf8), to: "script")
        for word in [path, scratch.path] {
            let error = #expect(throws: AuditError.self) {
                try ToolRun.run([word], tool: "trivy", output: scratch.file("out.json")) { now }
            }
            #expect(error?.place == word && error?.reason.contains("may be run") == true)
        }
    }

    @Test("one that is there and cannot be read is not none")
    func unreadable() throws {
        try scratch.write([1], to: "out.json.run.json/folder")
        #expect(throws: AuditError.self) { try RunReceipt.beside(scratch.file("out.json")) }
    }

    @Test("tell the tool's own status from that of a tool which is not there", arguments: [126, 127])
    func ownStatus(status: Int) throws {
        #expect(try run("exit \(status)") == status)
        #expect(try RunReceipt.beside(scratch.file("out.json"))?.exitStatus == status)
    }
}
