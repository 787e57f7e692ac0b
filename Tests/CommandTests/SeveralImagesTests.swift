import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// What images of one run share, and what `--environment` and labels say of them.
struct SeveralImagesTests {
    private static func image(_ name: String, _ seed: UInt64, environment: String? = nil) -> ImageBuilder {
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        var layer = LayerBuilder()
        layer.file("app/name", name)
        layer.file("app/pay.env", "KEY=\(Trial.secret(seed))\n")
        image.layer(layer, createdBy: "COPY . /app")
        if let environment { image.runtime.labels["org.opencontainers.image.environment"] = environment }
        return image
    }

    private func reports(of bench: Workbench) throws -> [String: [UInt8]] {
        var all = ["index.html": try bench.scratch.read("reports/index.html")]
        for folder in try bench.scratch.names(in: "reports") where folder != "index.html" {
            for name in try bench.scratch.names(in: "reports/\(folder)") {
                all["\(folder)/\(name)"] = try bench.scratch.read("reports/\(folder)/\(name)")
            }
        }
        return all
    }

    @Test(
        "a credential in images for two environments fails both rules, and every report names the other image"
    )
    func shared() throws {
        let bench = try Workbench()
        _ = try bench.write(Self.image("a", 1, environment: "Production"), to: "a")
        _ = try bench.write(Self.image("b", 1, environment: "test"), to: "b")
        let outcome = try bench.audit("oci:a", "oci:b")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        for (name, bytes) in try reports(of: bench) {
            let text = String(decoding: bytes, as: UTF8.self)
            if name.hasSuffix("assessment.json") {
                #expect(text.contains("reuse.several-images") && text.contains("reuse.several-environments"))
            } else if name.hasSuffix("report.html") || name.hasSuffix("report.md") {
                #expect(text.contains("also in oci:\(name.hasPrefix("a") ? "b" : "a")"), "\(name)")
            }
        }
    }

    @Test("the order in which images are given changes no byte of their reports, nor of their bundle")
    func order() throws {
        var seen: [[String: [UInt8]]] = []
        for images in [["oci:a", "oci:b", "oci:c"], ["oci:c", "oci:a", "oci:b"]] {
            let bench = try Workbench()
            for (name, seed) in [("a", 1), ("b", 1), ("c", 2)] as [(String, UInt64)] {
                _ = try bench.write(Self.image(name, seed), to: name)
            }
            let outcome = try bench.audit(
                images[0], images[1], images[2], "--environment", "prod=oci:a", "--environment", "test",
                "--bundle", "b.tar")
            #expect(outcome.status == 1)
            var all = try reports(of: bench)
            all["b.tar"] = try bench.scratch.read("b.tar")
            seen.append(all)
        }
        #expect(seen[0].keys.sorted() == seen[1].keys.sorted() && seen[0].count >= 15)
        for (name, bytes) in seen[0] { #expect(seen[1][name] == bytes, "\(name)") }
    }

    @Test("an image of the run that cannot be read withholds what the others would pass")
    func unread() throws {
        let bench = try Workbench()
        _ = try bench.write(Workbench.cleanImage(), to: "a")
        let outcome = try bench.audit("oci:a", "oci:none")
        #expect(outcome.status == 3)
        let assessment = try #require(try bench.reports()["assessment.json"])
        #expect(String(decoding: assessment, as: UTF8.self).contains(#""status":"not-assessed""#))
    }

    @Test("evidence that is given twice is judged once, and that is told")
    func twice() throws {
        let bench = try Workbench()
        for name in ["a", "b"] { _ = try bench.write(Self.image(name, 1), to: name) }
        _ = try bench.audit("oci:a", "oci:b")
        let folders = try bench.scratch.names(in: "reports").filter { $0 != "index.html" }
        let files = folders.map { "reports/\($0)/evidence.json" }
        let outcome = try bench.run("evaluate", "-o", "again", more: files + files.prefix(1))
        #expect(outcome.status == 1)
        #expect(outcome.errorText.contains("\(files[0]) has evidence that was given before"))
        #expect(try bench.scratch.names(in: "again").count == 3)
    }

    @Test("without a name, --environment is refused: 64")
    func usage() throws {
        #expect(try Workbench().run("audit", "x", "--environment", "=x").status == 64)
    }
}
