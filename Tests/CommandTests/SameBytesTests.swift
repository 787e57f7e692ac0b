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
