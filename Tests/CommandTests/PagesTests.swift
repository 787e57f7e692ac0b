import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// The page on several images, and pages laid out with templates of one's own.
struct PagesTests {
    private static func leaky(_ name: String) -> ImageBuilder {
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        var base = LayerBuilder()
        base.file("etc/base.env", "KEY=\(Trial.secret(1))\n")
        image.layer(base, createdBy: "ADD rootfs.tar /")
        var layer = LayerBuilder()
        layer.file("app/name", name)
        image.layer(layer, createdBy: "COPY . /app")
        return image
    }

    private func text(_ bench: Workbench, _ path: String) throws -> String {
        String(decoding: try bench.scratch.read(path), as: UTF8.self)
    }

    @Test("a run over several images ends with a page on all of them, also on those that cannot be read")
    func index() throws {
        let bench = try Workbench()
        _ = try bench.write(Self.leaky("a"), to: "a")
        _ = try bench.write(Self.leaky("b"), to: "b")
        _ = try bench.write(Workbench.cleanImage(), to: "c")
        let outcome = try bench.audit("oci:a", "oci:b", "oci:none", "oci:c")
        #expect(outcome.status == 3)
        #expect(outcome.outputText.contains("all images: reports/index.html"), "\(outcome.outputText)")
        let page = try text(bench, "reports/index.html")
        #expect(page.contains("1 could not be audited") && page.contains("oci:none"))
        for folder in try bench.scratch.names(in: "reports") where folder != "index.html" {
            #expect(page.contains("href=\"\(folder)/report.html\""), "\(folder)")
        }
        #expect(page.contains("Layers that leak into several images") && !page.contains("None: no layer"))
        #expect(!page.contains("None was found in more than one image"))
        #expect(!page.contains(Trial.secret(1)))
    }

    @Test(
        "so does judging several documents again; a run on one image has no such page, nor one without HTML")
    func evaluated() throws {
        let bench = try Workbench()
        for name in ["a", "b"] {
            _ = try bench.write(Self.leaky(name), to: name)
            #expect(try bench.audit("oci:\(name)", "--output", name + "-reports").status == 1)
            #expect(try !bench.scratch.names(in: name + "-reports").contains("index.html"))
        }
        let evidence = try ["a", "b"].map { try bench.reportFolder($0 + "-reports") + "/evidence.json" }
        let judged = try bench.run("evaluate", more: evidence + ["none.json", "--as-of", Workbench.asOf])
        #expect(judged.status == 3)
        #expect(try text(bench, "reports/index.html").contains("none.json"))
        let plain = try bench.run(
            "evaluate", more: evidence + ["--as-of", Workbench.asOf, "--format", "junit", "-o", "plain"])
        #expect(plain.status == 1)
        #expect(try !bench.scratch.names(in: "plain").contains("index.html"))
    }

    @Test("templates of one's own lay out the pages, are told in the report, and leave bundles as they are")
    func templates() throws {
        let bench = try Workbench()
        _ = try bench.write(Self.leaky("a"), to: "a")
        try FileManager.default.createDirectory(
            atPath: bench.scratch.file("mine"), withIntermediateDirectories: true)
        _ = try bench.scratch.write(Array("<p>ours: {{tool}}</p>".utf8), to: "mine/gaps.html")
        _ = try bench.scratch.write(Array("body { color: black }".utf8), to: "mine/report.css")
        let outcome = try bench.audit("oci:a", "--templates", "mine", "--bundle", "a.bundle")
        #expect(outcome.status == 1, "\(outcome.errorText)")
        #expect(outcome.errorText.contains("laid out by the built-in templates"))
        let page = String(decoding: try #require(try bench.reports()["report.html"]), as: UTF8.self)
        #expect(page.contains("<p>ours: palimpsest") && page.contains("<style>body { color: black }</style>"))
        #expect(page.contains("--templates mine") && page.contains("<dt>Templates</dt>"))
        let verified = try bench.run("verify", "a.bundle")
        #expect(verified.status == 0, "\(verified.errorText)")
    }

    @Test("a mistake in a template ends the run before any image is read")
    func mistakes() throws {
        let bench = try Workbench()
        try FileManager.default.createDirectory(
            atPath: bench.scratch.file("mine"), withIntermediateDirectories: true)
        _ = try bench.scratch.write(Array("<p>\n{{nonsense}}</p>".utf8), to: "mine/gaps.html")
        _ = try bench.scratch.write(Array("x".utf8), to: "mine/other.html")
        for command in [["audit", "oci:none"], ["evaluate", "none.json"]] {
            let outcome = try bench.run(command + ["--templates", "mine", "--as-of", Workbench.asOf])
            #expect(outcome.status == 3)
            #expect(outcome.errorText.contains("mine/gaps.html:2:1: error: there is no name \"nonsense\""))
            #expect(outcome.errorText.contains("mine/other.html: error: replaces nothing"))
            #expect(!outcome.errorText.contains("none: ") && !outcome.errorText.contains("none.json"))
        }
        let missing = try bench.run(["audit", "oci:none", "--templates", "nowhere"])
        #expect(missing.status == 3 && missing.errorText.contains("nowhere: no such file or folder"))
    }
}
