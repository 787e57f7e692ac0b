import FoundationEssentials
import ImageWriting
import TestSupport
import Testing

/// What is said of a mistake, and what to do about it.
@Suite("Advice from the command line")
struct AdviceTests {
    private let bench: Workbench
    private let image: String

    init() throws {
        bench = try Workbench()
        image = try bench.demo()
        _ = try bench.audit(image, "--bundle", "b.tar", "--format", "evidence")
    }

    private static func words(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test(
        "of a finding's name less than four characters are not enough, which error and help say",
        arguments: ["waive", "prove", "explain"])
    func short(command: String) throws {
        let more = command == "prove" ? ["--image", image] : []
        for name in ["6", "61", "610"] {
            let outcome = try bench.run(command, name, "--evidence", "b.tar", more: more)
            #expect(outcome.status == 3)
            #expect(outcome.errorText.contains("give at least 4 characters"), "\(outcome.errorText)")
            #expect(!outcome.errorText.contains("begins so"))
        }
        let help = Self.words(try bench.run(command, "--help").outputText)
        #expect(help.contains("at least 4 characters"))
    }

    @Test("a finding held against another image is told to belong to the one of the evidence")
    func anotherImage() throws {
        let path = try #require(try bench.file(named: "evidence.json", below: "reports"))
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let id = String(try #require(text.firstMatch(of: /"id":"([0-9a-f-]{36})"/)?.output.1))
        let other = try bench.write(Workbench.cleanImage(), to: "other")
        let outcome = try bench.run("prove", id, "--image", other, "--evidence", "b.tar")
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("help: name the image that the evidence is of"))
        #expect(!outcome.errorText.contains("oci:DIR"))
    }

    @Test("a name that is none is answered with where controls, rules and findings are listed")
    func unknownName() throws {
        let outcome = try bench.run("explain", "NOPE", "--evidence", "b.tar")
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("help: palimpsest policy list"), "\(outcome.errorText)")
    }

    @Test("where one image is wanted, the folder of several is none of them, and those in it are named")
    func severalImages() throws {
        _ = try bench.write(Workbench.cleanImage(), to: "other")
        _ = try bench.run("audit", image, "oci:other", "-o", "two", "-f", "evidence")
        let outcome = try bench.run("explain", "NHI2:2025", "--evidence", "two")
        #expect(outcome.status == 3)
        let folders = try bench.scratch.names(in: "two").filter { $0.contains("@") }
        #expect(folders.count == 2)
        let judged = try bench.run("evaluate", "two", "-o", "again", "-f", "csv")
        #expect(judged.status == 1, "\(judged.errorText)")
        #expect(try Set(folders).isSubset(of: bench.scratch.names(in: "again")))
        // An image's folder without evidence is not passed over.
        try bench.scratch.write("", to: "two/lost@1b2c3d4e5f60/report.html")
        let short = try bench.run("evaluate", "two", "-o", "third", "-f", "csv")
        #expect(short.status == 3 && short.errorText.contains("two/lost@1b2c3d4e5f60"), "\(short.errorText)")
        for folder in folders { #expect(outcome.errorText.contains("two/\(folder)"), "\(outcome.errorText)") }
        #expect(!outcome.errorText.contains("palimpsest inspect"))
    }

    @Test("an image's archive is told to be no bundle")
    func imageArchive() throws {
        let archive = try bench.demo(.dockerArchive, to: "image.tar")
        let outcome = try bench.run("verify", archive)
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("is no bundle, but the archive of an image"))
        #expect(outcome.errorText.contains("help: palimpsest audit IMAGE --bundle FILE"))
    }

    @Test("the private key is told from the public one, whichever was wanted")
    func otherKey() throws {
        #expect(try bench.run("keygen", "-o", "k").status == 0)
        let words = ["PALIMPSEST_KEY_PASSPHRASE": "hush, my dear"]
        #expect(try bench.run("keygen", "-o", "sealed", environment: words).status == 0)
        for key in ["k.key", "sealed.key"] {
            let outcome = try bench.run("verify", "b.tar", "--key", key)
            #expect(outcome.status == 3)
            #expect(outcome.errorText.contains("\(key): is the private key"), "\(outcome.errorText)")
            #expect(outcome.errorText.contains("help: the public key"), "\(outcome.errorText)")
        }
        let signed = try bench.audit(image, "--bundle", "c.tar", "--sign-key", "k.pub")
        #expect(signed.status == 3)
        #expect(signed.errorText.contains("k.pub: is the public key"), "\(signed.errorText)")
    }

    @Test("of formats that may be asked for all are named, and the word for all of them")
    func formats() throws {
        let outcome = try bench.run("audit", image, "-f", "nonsense")
        #expect(outcome.status == 64)
        #expect(outcome.errorText.contains("- html\n"))
        #expect(outcome.errorText.contains("- all\n"), "\(outcome.errorText)")
    }

    @Test("a bundle that brings its policy is answered with what to leave out")
    func policyOfTheBundle() throws {
        let outcome = try bench.run("explain", "NHI2:2025", "--evidence", "b.tar", "--policy", "strict")
        #expect(outcome.status == 3)
        #expect(outcome.errorText.contains("help: leave out --policy"), "\(outcome.errorText)")
    }

    @Test(
        "whoever checks a document is not told to check it",
        arguments: [
            ["policy", "check", "broken.yaml"], ["detectors", "check", "broken.yaml"],
            ["results", "check", "broken.yaml"], ["results", "check", "absent"],
        ])
    func checking(arguments: [String]) throws {
        try bench.scratch.write("a: [1", to: "broken.yaml")
        let outcome = try bench.run(arguments)
        #expect(outcome.status == 3)
        #expect(!outcome.errorText.contains("palimpsest \(arguments[0]) check"), "\(outcome.errorText)")
        let audit = try bench.run("audit", image, "--policy", "broken.yaml")
        #expect(audit.errorText.contains("help: palimpsest policy check FILE"), "\(audit.errorText)")
    }
}
