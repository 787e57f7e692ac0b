import FoundationEssentials
import Model
import TestSupport
import Testing

/// Real scanners from PyPI on a real image, and their real results taken in.
@Suite("Kingfisher, detect-secrets and checkov from PyPI", .serialized)
struct OtherToolsTests {
    @Test("find what we find, in the same places, and nothing of it comes out")
    func together() throws {
        let tools: String
        switch PythonTools.folder {
        case .success(let folder): tools = folder
        case .failure(let reason): try Test.cancel("skipped, since these tools cannot be had: \(reason)")
        }
        let bench = try Workbench()
        let layout = try bench.demo()
        let folder = bench.scratch.file("layers")
        try unpack(layout, to: folder, in: bench)
        let calls: [(name: String, arguments: [String])] = [
            (
                "kingfisher",
                ["scan", folder, "--format", "json", "--no-validate", "--no-update-check", "--no-dedup"]
            ),
            ("detect-secrets", ["scan", "--all-files", folder]),
            ("checkov", ["-d", folder, "--framework", "secrets", "-o", "json", "--quiet"]),
        ]
        var results: [String] = []
        var names: [String] = []
        for call in calls {
            let file = "\(call.name).json"
            // Kingfisher compiles its rules for minutes where it has nowhere to keep them. The worker processes of
            // detect-secrets now and then wait for each other for good.
            let limit = call.name == "detect-secrets" ? 60 : 900
            let outcome = try bench.run(
                "run", "--tool", call.name, "-o", file, "--", "timeout", "-k", "5", String(limit),
                "\(tools)/\(call.name)", more: call.arguments,
                environment: ["XDG_CACHE_HOME": tools + "/../cache"], seconds: 1_000)
            guard ![124, 137].contains(outcome.status) else {
                print("\(call.name) is left out: it did not end within \(limit) seconds")
                continue
            }
            #expect(outcome.status != 3, "\(call.name): \(outcome.errorText)")
            results += ["--results", file]
            names.append(call.name)
        }
        try #require(!names.isEmpty)
        let outcome = try bench.run(
            "audit", layout, "--assume-target", "--as-of", Workbench.asOf, more: results)
        #expect([1, 2].contains(outcome.status), "\(outcome.errorText)")
        let outputs = try bench.outputs(of: outcome)
        let evidence = try JSONDecoder().decode(Evidence.self, from: Data(outputs["evidence.json"] ?? []))
        for name in names {
            let receipt = try #require(evidence.receipts.first { $0.detector == name }, "\(name)")
            #expect(receipt.imported?.run != nil, "\(name)")
            #expect(receipt.imported?.findings ?? 0 > 0, "\(name)")
            let findings = evidence.findings.filter { $0.witnesses?.contains { $0.detector == name } == true }
            #expect(findings.contains { $0.witnesses?.count ?? 0 > 1 }, "\(name) agrees with nobody")
            #expect(findings.allSatisfy { $0.location.layer != nil }, "\(name) looked at layers alone")
        }
        let secrets = try bench.demoSecrets()
        for (name, bytes) in outputs {
            let text = String(decoding: bytes, as: UTF8.self)
            for (number, secret) in secrets.enumerated() {
                #expect(!text.contains(secret), "\(name) holds secret \(number)")
            }
        }
    }

    /// Every layer of the layout into a folder that is named for it.
    private func unpack(_ layout: String, to folder: String, in bench: Workbench) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: layout + "/blobs/sha256").sorted() {
            let blob = layout + "/blobs/sha256/" + name
            let target = folder + "/" + name
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
            // Manifest and config are no archives, and leave their folders empty.
            _ = try ProgramRunner(tool: "tar")?.run([
                "-xf", blob, "-C", target, "--no-same-owner", "--no-same-permissions", "--exclude=dev/*",
            ])
        }
    }
}

/// Scanners in a virtual environment below `.build`, installed at first use.
enum PythonTools {
    struct Absent: Error, CustomStringConvertible {
        let description: String
    }

    /// The folder with their programs; where they cannot be had, the test that asks is skipped and says why.
    static let folder: Result<String, any Error> = Result {
        let environment = RepositoryRoot.file(".build/other-tools")
        let folder = environment + "/bin"
        let names = ["kingfisher", "detect-secrets", "checkov"]
        func isThere(_ name: String) -> Bool {
            FileManager.default.isExecutableFile(atPath: folder + "/" + name)
        }
        if names.allSatisfy(isThere) { return folder }
        guard let python = ProgramRunner(tool: "python3") else {
            throw Absent(description: "there is no python3")
        }
        let made = try python.run(["-m", "venv", environment])
        guard made.status == 0 else { throw Absent(description: "no virtual environment: \(made.errorText)") }
        let pip = try ProgramRunner(path: folder + "/pip").run(
            [
                "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20",
                "kingfisher-bin==2.14.0", "detect-secrets==1.5.0", "checkov==3.2.506",
            ], seconds: 600)
        guard names.allSatisfy(isThere) else {
            throw Absent(description: "PyPI did not give them: \(pip.errorText.suffix(300))")
        }
        return folder
    }
}
