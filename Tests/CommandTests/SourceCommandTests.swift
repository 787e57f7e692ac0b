import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// `--source`.
struct SourceCommandTests {
    @Test("a secret that the source has is answered with its place, one that it has not with that")
    func answers() throws {
        let bench = try Workbench()
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        var layer = LayerBuilder()
        layer.file("app/pay.env", "KEY=\(Trial.secret(1))\n")
        image.layer(layer, createdBy: "COPY . /app")
        var step = LayerBuilder()
        step.file("root/.npm/_cacache/x", "KEY=\(Trial.secret(2))\n")
        image.layer(step, createdBy: "RUN npm ci")
        _ = try bench.write(image, to: "app")
        try bench.scratch.write("\n\nKEY=\(Trial.secret(1))\n", to: "src/conf/pay.env")
        let outcome = try bench.audit("oci:app", "--source", "src")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        let reports = try bench.reports()
        for name in ["report.md", "report.html"] {
            let text = String(decoding: try #require(reports[name]), as: UTF8.self)
            #expect(
                text.contains(
                    "from the source code (conf/pay.env:3): COPY wrote layer 0 from the build context or from another build stage"
                ))
            #expect(text.contains("left in a cache, and not in the source tree: it lies in npm"))
            #expect(text.contains("palimpsest.source"))
        }
        for (name, bytes) in reports {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains(Trial.secret(1)) && !text.contains(Trial.secret(2)), "\(name)")
        }
    }

    @Test("a source tree that is not there ends the run with a hint: 3")
    func missing() throws {
        let bench = try Workbench()
        _ = try bench.write(Workbench.cleanImage(), to: "app")
        let outcome = try bench.audit("oci:app", "--source", "none")
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("error: none: no such file or folder"))
        #expect(outcome.errorText.contains("help: --source"))
    }
}
