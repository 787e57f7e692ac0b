import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

struct ExitStatusTests {
    @Test("an image with nothing wrong meets the policy: 0")
    func met() throws {
        let bench = try Workbench()
        let outcome = try bench.audit(try bench.write(Workbench.cleanImage()))
        #expect(outcome.status == 0, "\(outcome.outputText)\(outcome.errorText)")
        #expect(outcome.outputText.contains("reports: reports/"))
    }

    @Test("inspect says which kinds of gaps leave its status at 0, and so it is")
    func harmlessGaps() throws {
        let bench = try Workbench()
        var layer = LayerBuilder()
        layer.file("a.zip", Array("PK\u{3}\u{4} no more of it".utf8))
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer, createdBy: "COPY a.zip /")
        let outcome = try bench.run("inspect", "oci:" + (try bench.write(image)), "-o", "-")
        #expect(outcome.outputText.contains(#""reason":"malformed-archive""#), "\(outcome.errorText)")
        #expect(outcome.status == 0)
        let help = try bench.run("inspect", "--help").outputText
        #expect(help.contains("malformed-archive") && help.contains("history-mismatch"))
    }

    @Test("an image with leaks does not: 1")
    func notMet() throws {
        let bench = try Workbench()
        let outcome = try bench.audit(try bench.demo())
        #expect(outcome.status == 1, "\(outcome.errorText)")
        #expect(outcome.outputText.hasPrefix("FAIL"))
    }

    @Test(
        "reports of another run that stay beside the new ones are told of, and so is a baseline of another image"
    )
    func others() throws {
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        _ = try bench.audit(image, "-f", "markdown,junit,evidence")
        let again = try bench.audit(image, "-f", "junit,html,evidence")
        #expect(again.errorText.contains("another run wrote report.md\n"), "\(again.errorText)")
        #expect(!again.errorText.contains("baseline"))
        let folder = try bench.reportFolder()
        let moved = try bench.write(Workbench.cleanImage(), to: "other")
        let held = try bench.audit(moved, "-o", "second", "--baseline", folder)
        #expect(held.errorText.contains("the baseline of another name"), "\(held.errorText)")
        #expect(!held.errorText.contains("another run"))
        let itself = try bench.audit(image, "-o", "third", "--baseline", folder)
        #expect(!itself.errorText.contains("baseline"), "\(itself.errorText)")
    }

    @Test("an image without layers proves nothing, and says so")
    func noLayers() throws {
        let bench = try Workbench()
        let image = try bench.write(ImageBuilder(created: "2026-09-01T00:00:00Z"))
        let outcome = try bench.audit(image, "--quiet")
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("it has no layer"), "\(outcome.errorText)")
    }

    @Test("a layer that ends early withholds the verdict, whatever else failed: 2")
    func incomplete() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        let blob = try bench.largestBlob(of: image)
        let bytes = try Data(contentsOf: URL(filePath: blob))
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: blob))
        let outcome = try bench.audit(image)
        #expect(outcome.status == 2)
        #expect(
            try bench.reports()["evidence.json"].map { String(decoding: $0, as: UTF8.self) }?.contains(
                "\"reason\":\"truncated\"") == true)
    }

    @Test("a layer whose bytes are not those of its digest withholds the verdict: 2")
    func digestMismatch() throws {
        let bench = try Workbench()
        let image = try bench.demo(compression: "none")
        let blob = try bench.largestBlob(of: image)
        var bytes = try Data(contentsOf: URL(filePath: blob))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: blob))
        let outcome = try bench.audit(image)
        #expect(outcome.status == 2)
        #expect(
            try bench.reports()["evidence.json"].map { String(decoding: $0, as: UTF8.self) }?.contains(
                "digest-mismatch") == true)
    }

    @Test("the JUnit file has failures exactly where the exit status is not 0")
    func agreesWithJUnit() throws {
        let bench = try Workbench()
        for (image, wanted) in [(try bench.write(Workbench.cleanImage()), 0), (try bench.demo(), 1)] {
            let outcome = try bench.audit(image, "--format", "junit", "--output", "-")
            #expect(outcome.status == wanted)
            #expect(outcome.outputText.contains("<failure") == (wanted != 0))
        }
    }

    @Test("one unreadable image changes the status, not the run: 3")
    func oneOfTwo() throws {
        let bench = try Workbench()
        let good = try bench.write(Workbench.cleanImage())
        let outcome = try bench.run("audit", "no-such-image.tar", good, "--as-of", Workbench.asOf)
        #expect(outcome.status == 3)
        #expect(outcome.outputText.contains("reports: "))
        #expect(outcome.errorText.contains("no-such-image.tar"))
    }

    @Test(
        "wrong usage: 64",
        arguments: [
            ["audit"], ["audit", "x", "--format", "nonsense"], ["audit", "x", "--platform", "nonsense"],
            ["frobnicate"],
        ])
    func usage(arguments: [String]) throws {
        let outcome = try ProgramRunner(product: "palimpsest").run(arguments)
        #expect(outcome.status == 64)
    }
}
