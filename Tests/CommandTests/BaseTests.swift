import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// `--base`, and what several images have in common.
struct BaseTests {
    private static func layer(_ path: String, _ content: String) -> LayerBuilder {
        var layer = LayerBuilder()
        layer.file(StoredName(path), content)
        return layer
    }

    private static func base() -> ImageBuilder {
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        image.layer(layer("etc/pay.env", "KEY=\(Trial.secret(1))\n"), createdBy: "ADD rootfs.tar /")
        return image
    }

    private static func application(_ seed: UInt64) -> ImageBuilder {
        var image = base()
        image.layer(layer("app/pay.env", "KEY=\(Trial.secret(seed))\n"), createdBy: "COPY . /app")
        return image
    }

    @Test("what is in the given base is told as inherited from it, in every report")
    func inherited() throws {
        let bench = try Workbench()
        let base = try bench.write(Self.base(), to: "base")
        let image = try bench.write(Self.application(2), to: "app")
        let outcome = try bench.audit(image, "--base", base)
        #expect(outcome.status == 1 && !outcome.errorText.contains("warning"), "\(outcome.errorText)")
        for (name, bytes) in try bench.reports() where name != "assessment.json" {
            let text = String(decoding: bytes, as: UTF8.self)
            let wanted =
                name == "evidence.json" ? #""source":"given""# : "fix it there, all images on it have it"
            #expect(text.contains(wanted), "\(name)")
        }
    }

    @Test("a base that shares no layer is said to, on standard error and in the report")
    func unrelated() throws {
        let bench = try Workbench()
        let base = try bench.write(Workbench.cleanImage(), to: "base")
        let image = try bench.write(Self.application(2), to: "app")
        let outcome = try bench.audit(image, "--base", base)
        #expect(outcome.status == 1)
        #expect(outcome.errorText.contains("\nwarning: \(base) shares no layer with \(image)"))
        let report = try #require(try bench.reports()["report.md"])
        #expect(String(decoding: report, as: UTF8.self).contains("share no layer"))
    }

    @Test("a base that is not there ends the run once and for all images: 3")
    func missing() throws {
        let bench = try Workbench()
        let image = try bench.write(Self.application(2), to: "app")
        let other = try bench.write(Self.application(2), to: "other")
        let outcome = try bench.run("audit", image, other, "--base", "./none", "--as-of", Workbench.asOf)
        #expect(outcome.status == 3 && outcome.outputText == "all images: reports/index.html\n")
        #expect(outcome.errorText.split(separator: "\n").count { $0.hasPrefix("error: ") } == 1)
        #expect(outcome.errorText.contains("./none: base image: "))
    }

    @Test("what was read before the base was found missing is still told")
    func missingLater() throws {
        let bench = try Workbench()
        // Of a build cache no base is asked for.
        var cache = BuildCacheBuilder()
        cache.layer(Self.layer("app/pay.env", "KEY=\(Trial.secret(2))\n"))
        let read = bench.scratch.file("cache")
        try cache.write(to: read, as: .index)
        let image = try bench.write(Self.application(3), to: "app")
        let outcome = try bench.run("audit", read, image, "--base", "./none", "--as-of", Workbench.asOf)
        #expect(outcome.status == 3)
        #expect(outcome.outputText.contains("reports/cache@"))
        let evidence = try #require(try bench.outputs(of: outcome)["evidence.json"])
        #expect(
            String(decoding: evidence, as: UTF8.self)
                .contains("1 of the images of the run could not be read"))
    }

    @Test("a run over several images ends with the leaks that they share, and never a secret")
    func shared() throws {
        let bench = try Workbench()
        let images = try [2, 3, 4].map { try bench.write(Self.application($0), to: "app\($0)") }
        let clean = try bench.write(Workbench.cleanImage(), to: "clean")
        let base = try bench.write(Self.base(), to: "base")
        let outcome = try bench.run(
            "audit", images[0], clean, images[1], images[2], "--base", base, "--as-of", Workbench.asOf)
        let last = outcome.outputText.split(separator: "\n").filter { $0.hasPrefix("SHARED") }
        try #require(last.count == 1)
        #expect(outcome.outputText.hasSuffix(last[0] + "\nall images: reports/index.html\n"))
        #expect(last[0].contains("of the base \(base) leaks into 3 of 4 images: "))
        #expect(last[0].contains("stripe"))
        for seed in 1...4 as ClosedRange<UInt64> {
            #expect(!outcome.outputText.contains(Trial.secret(seed)))
        }
        #expect(try !bench.run("audit", images[0], "--quiet").outputText.contains("SHARED"))
        #expect(try !bench.run("audit", images[0], images[0]).outputText.contains("SHARED"))
    }
}
