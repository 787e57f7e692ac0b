import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

@Suite("The false-pass gauntlet")
struct GauntletTests {
    /// What every scenario begins with, made once.
    private struct Start {
        let bench: Workbench
        let words: [String: String]
    }

    private static let start = Result { try makeStart() }
    private static let scenarios = Result { try Gauntlet.all() }

    @Test("has at least forty scenarios, none twice, and none that wants a pass without saying why")
    func isWhole() throws {
        let scenarios = try Self.scenarios.get()
        #expect(scenarios.count >= 40)
        #expect(Set(scenarios.map(\.description)).count == scenarios.count)
        let met = scenarios.filter { $0.wantedStatus == 0 }
        #expect(met.allSatisfy { $0.group == "controls" }, "only controls of the experiment may end with 0")
    }

    @Test("lets nothing pass that was not earned", arguments: try scenarios.get())
    func holds(_ scenario: Gauntlet) throws {
        let start = try Self.start.get()
        let bench = try Workbench()
        for name in try start.bench.scratch.names() {
            try FileManager.default.copyItem(
                atPath: start.bench.scratch.file(name), toPath: bench.scratch.file(name))
        }
        let (status, mistakes) = try scenario.run(in: bench, words: start.words)
        // `make gauntlet` makes its table of these lines.
        print("gauntlet\t\(scenario.group)\t\(scenario.description)\t\(scenario.wantedStatus)\t\(status)")
        #expect(mistakes.isEmpty, "\(scenario.place): \(mistakes.joined(separator: "\n"))")
    }

    private static func makeStart() throws -> Start {
        let bench = try Workbench()
        _ = try bench.write(Workbench.cleanImage(), to: "clean")
        var leaky = Workbench.cleanImage()
        var layer = LayerBuilder()

        layer.file("app/.env", "STRIPE=\(Trial.secret(1))\n")
        leaky.layer(layer, createdBy: "COPY .env /app # buildkit")
        _ = try bench.write(leaky, to: "leaky")
        var words: [String: String] = ["asOf": Workbench.asOf]
        for name in ["clean", "leaky"] {
            let outcome = try bench.run("inspect", name, "--output", "out-" + name)
            let file = try bench.file(named: "evidence.json", below: "out-" + name)
            guard let file else {
                throw ProgramRunner.Failure(description: "no evidence of \(name): \(outcome.errorText)")
            }
            try FileManager.default.moveItem(atPath: file, toPath: bench.scratch.file(name + ".json"))
            try FileManager.default.removeItem(atPath: bench.scratch.file("out-" + name))
            let evidence = try JSONDecoder().decode(
                Known.self, from: Data(try bench.scratch.read(name + ".json")))
            words[name + ".digest"] = evidence.image.digest
            words["finding"] = evidence.findings.first?.id
            words["fingerprint"] = evidence.findings.first?.fingerprint
        }
        return Start(bench: bench, words: words)
    }

    /// What scenarios must be able to name.
    private struct Known: Decodable {
        struct Image: Decodable { let digest: String }
        struct Finding: Decodable {
            let id: String
            let fingerprint: String?
        }
        let image: Image
        let findings: [Finding]
    }
}
