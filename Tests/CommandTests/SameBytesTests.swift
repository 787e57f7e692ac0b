import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// Same input, same bytes.
struct SameBytesTests {
    @Test("workers, locale, time zone and the place of the reports change no byte")
    func surroundings() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        _ = try bench.audit(image, "--output", "first", "--workers", "1")
        let first = try bench.reports("first")
        #expect(first.count == 5)
        for (number, environment) in [
            ["LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"], ["LC_ALL": "C", "TZ": "America/St_Johns"],
        ].enumerated() {
            _ = try bench.audit(
                image, "--output", "other\(number)", "--workers", "4", environment: environment)
            #expect(try bench.reports("other\(number)") == first)
        }
    }

    @Test("layers known from an earlier run change no byte, and are said to be known")
    func knownLayers() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        let cache = ["XDG_CACHE_HOME": bench.scratch.file("cache")]
        let never = try bench.audit(image, "--output", "never")
        let first = try bench.audit(image, "--output", "first", environment: cache)
        let second = try bench.audit(image, "--output", "second", environment: cache)
        let third = try bench.audit(image, "--output", "third", "--no-layer-cache", environment: cache)
        for (outcome, folder) in [(first, "first"), (second, "second"), (third, "third")] {
            #expect(outcome.status == never.status)
            #expect(try bench.reports(folder) == bench.reports("never"))
        }
        #expect(second.errorText.contains("known from before"))
        for outcome in [never, first, third] { #expect(!outcome.errorText.contains("known from before")) }
    }

    @Test("evidence that is judged later gives the reports of the audit")
    func evaluatedLater() throws {
        let bench = try Workbench()
        let image = try bench.demo()
        let audited = try bench.audit(image)
        let evidence = try #require(try bench.reports()["evidence.json"])
        let inspected = try bench.run("inspect", image, "--output", "-")
        #expect(inspected.output == evidence)
        let judged = try bench.run(
            "evaluate", "-", "--as-of", Workbench.asOf, "--output", "later", input: evidence)
        #expect(judged.status == audited.status)
        #expect(try bench.reports("later") == bench.reports())
    }

    @Test(
        "every format can be written to standard output, and is the file's bytes",
        arguments: ["html", "junit", "markdown", "evidence", "assessment"])
    func standardOutput(format: String) throws {
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        let outcome = try bench.audit(image, "--format", format, "--output", "-")
        #expect(outcome.status == 0)
        _ = try bench.audit(image, "--format", format)
        #expect(try bench.reports().values.map(\.self) == [outcome.output])
    }
}
