import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// Images made to break whoever reads them.
struct HostileImageTests {
    /// Text that is something in a terminal, in HTML, in Markdown, in XML or in a path.
    private static let texts = [
        "\u{1b}[31mred\u{1b}]0;title\u{7}\u{9b}2J", "a\u{202e}gpj.exe\u{2066}\u{200b}\u{feff}",
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
        "]]> <!-- --> <?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
        "| a | b |\n\n# heading\n\n[x](javascript:alert(1)) ![y](http://example.com/z) ```\n<details>",
        "{{#findings}}{{{x}}}{{/findings}} \r\n\u{0}\u{1}\u{8}\u{b}\u{85}\u{2028}\u{2029}\u{fffe}\u{ffff}",
        "'\"><svg/onload=alert(1)>", "=HYPERLINK(\"x\")", String(repeating: "A", count: 20_000),
    ]

    private static func image() -> ImageBuilder {
        var image = Workbench.cleanImage()
        image.author = texts[0]
        var layer = LayerBuilder()
        for (index, text) in texts.enumerated() {
            let name = String(text.filter { $0 != "\0" }.prefix(2_000))
            layer.file(StoredName("srv/\(index)\(name)"), "STRIPE=\(Trial.secret(UInt64(index)))\n")
            layer.file(StoredName("srv/\(index)\(name).zip"), Array("PK\u{3}\u{4}broken".utf8))
            image.annotations["note\(index)\(text)"] = text
            image.runtime.labels["label\(index)\(text)"] = "\(text) \(Trial.secret(UInt64(50 + index)))"
            image.runtime.environment.append(
                "VARIABLE\(index)\(text)=\(text) \(Trial.secret(UInt64(70 + index)))")
            image.emptyStep(createdBy: "RUN \(text) \(Trial.secret(UInt64(90 + index)))", comment: text)
        }
        layer.file(
            StoredName(bytes: Array("srv/".utf8) + [0xff, 0xfe, 0x1b, 0x0a, 0xc3, 0x28]),
            "STRIPE=\(Trial.secret(40))\n")
        layer.file(
            "etc/passwd", "a\u{1b}[2J<script>:x:0:0:\u{202e}<xmp>:/root:/bin/sh\nroot:x:0:0::/:/bin/sh\n")
        image.annotations["org.opencontainers.image.base.name"] = texts[2]
        image.runtime.command = texts
        image.runtime.entrypoint = texts
        image.runtime.healthcheck = ["CMD-SHELL"] + texts
        image.runtime.exposedPorts = texts
        image.runtime.volumes = texts
        image.runtime.user = texts[2]
        image.layer(layer, createdBy: "COPY \(texts.joined(separator: " ")) /srv")
        return image
    }

    private static var script: String {
        get throws {
            try String(contentsOfFile: RepositoryRoot.path + "/Templates/html/report.js", encoding: .utf8)
        }
    }

    @Test("no text of an image gets out of the place that a report gives it")
    func text() throws {
        let bench = try Workbench()
        let outcome = try bench.audit(try bench.write(Self.image()))
        #expect(outcome.status == 1, "\(outcome.errorText)")
        let outputs = try bench.outputs(of: outcome)
        #expect(outputs.count == 7)
        for (name, bytes) in outputs {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Array(text.utf8) == bytes, "\(name) is not UTF-8")
            let controls = text.unicodeScalars.filter {
                $0.value < 0x20 && $0 != "\n" && $0 != "\t"
                    // Canonical JSON escapes no more than that.
                    || (0x7f...0x9f).contains($0.value) && !name.hasSuffix(".json")
            }
            #expect(controls.isEmpty, "\(name) has control characters")
            guard !name.hasSuffix(".json") else { continue }
            let turns = text.unicodeScalars.filter {
                (0x202a...0x202e).contains($0.value) || (0x2066...0x2069).contains($0.value)
            }
            #expect(turns.isEmpty, "\(name) turns the direction of text")
            // What stands between backticks is shown as it is, and the one script of a page is ours.
            let script = "<script>\(try Self.script)</script>"
            let shown =
                name.hasSuffix(".md")
                ? text.replacing(/(`+).+?\1(?!`)/, with: "") : text.replacing(script, with: "")
            let found =
                (["<script", "<img", "<svg/", "<!entity"]
                + (name.hasSuffix(".md") ? ["](javascript:", "](http:", "\n# heading"] : []))
                .filter { shown.lowercased().contains($0) }
            #expect(found.isEmpty, "\(name) has \(found)")
        }
    }

    @Test("the XML is well formed and the JSON parses, whatever the image says")
    func wellFormed() throws {
        guard ProgramRunner.has("xmllint", "python3") else { try Test.cancel("needs xmllint and python3") }
        let bench = try Workbench()
        _ = try bench.audit(try bench.write(Self.image()))
        for (name, bytes) in try bench.reports() {
            if name.hasSuffix(".xml") {
                _ = try ProgramRunner.output(of: "xmllint", ["--noout", "--nonet", "-"], input: bytes)
            } else if name.hasSuffix(".json") {
                let check = "import json, sys; json.loads(sys.stdin.buffer.read().decode('utf-8'))"
                _ = try ProgramRunner.output(of: "python3", ["-c", check], input: bytes)
            } else if name.hasSuffix(".html") {
                let check = """
                    import html.parser, sys
                    class P(html.parser.HTMLParser):
                        scripts = 0
                        def handle_starttag(self, tag, attributes):
                            assert tag not in ('img', 'iframe', 'object', 'xmp'), tag
                            if tag == 'script':
                                self.scripts += 1
                                assert self.scripts == 1 and not attributes, 'a script that is not ours'
                            assert not any(k.startswith('on') for k, _ in attributes), attributes
                            for k, v in attributes:
                                assert k not in ('href', 'src') or v.startswith(('#', 'https://')), (k, v)
                    P().feed(sys.stdin.buffer.read().decode('utf-8'))
                    """
                _ = try ProgramRunner.output(of: "python3", ["-c", check], input: bytes)
            }
        }
    }

    @Test("a layer of a hundred thousand entries with long names is read in bounded memory")
    func manyEntries() throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        var layer = LayerBuilder()
        let folder = String(repeating: "d", count: 90)
        for number in 0..<100_000 { layer.file(StoredName("\(folder)/\(number)"), []) }
        image.layer(layer, createdBy: "COPY . /", compression: .zstd)
        let trial = try HostileTrial(try bench.write(image), in: bench)
        trial.expectBounds()
        #expect(trial.outcome.status == 0, "\(trial.outcome.errorText)")
    }

    @Test("broken archives by the thousand are not told one by one, and that withholds the verdict")
    func manyGaps() throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        var layer = LayerBuilder()
        for number in 0..<4_000 {
            layer.file(StoredName("z/\(number).zip"), Array("PK\u{3}\u{4}broken".utf8))
        }
        image.layer(layer, createdBy: "COPY . /")
        let outcome = try bench.audit(try bench.write(image))
        #expect(outcome.status == 2, "\(outcome.errorText)")
        let json = try #require(try bench.reports()["evidence.json"])
        #expect(json.count < 400_000, "\(json.count) bytes")
    }

    @Test("indexes that nest deeper than any image's, and those that name themselves, are refused")
    func nestedIndexes() throws {
        let bench = try Workbench()
        let path = try bench.write(Workbench.cleanImage())
        var entry = String(decoding: try bench.scratch.read("image/index.json"), as: UTF8.self)
        for _ in 0..<30 {
            let digest = try ProgramRunner.output(of: "sha256sum", input: Array(entry.utf8))
            let hex = String(decoding: digest.prefix(64), as: UTF8.self)
            try bench.scratch.write(entry, to: "image/blobs/sha256/\(hex)")
            entry = """
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json",
                "digest":"sha256:\(hex)","size":\(entry.utf8.count)}]}
                """
        }
        try bench.scratch.write(entry, to: "image/index.json")
        try Self.expectRefusal(of: path, in: bench, naming: "nest deeper")
    }

    @Test(
        "documents that nest without end, or are larger than any, are refused",
        arguments: [
            Named("lists in lists", #"{"manifests":"# + String(repeating: "[", count: 200_000)),
            Named("objects in objects", String(repeating: #"{"a":"#, count: 100_000)),
            Named("no manifest", #"{"manifests":[]}"#), Named("a list", "[]"), Named("null", "null"),
            Named("nothing", ""),
            Named("a path as digest", #"{"manifests":[{"digest":"sha256:../../../etc/passwd","size":1}]}"#),
            Named("a negative size", #"{"manifests":[{"digest":"sha256:00","size":-9223372036854775808}]}"#),
            Named("5 MiB", #"{"manifests":""# + String(repeating: "x", count: 5 << 20) + #""}"#),
        ])
    func nestedDocument(document: Named<String>) throws {
        let bench = try Workbench()
        let path = try bench.write(Workbench.cleanImage())
        try bench.scratch.write(document.value, to: "image/index.json")
        try Self.expectRefusal(of: path, in: bench, naming: "image")
    }

    @Test("a history that does not match the layers attributes nothing, and says so")
    func history() throws {
        let bench = try Workbench()
        for (number, hasHistory) in [false, true].enumerated() {
            var image = Workbench.cleanImage()
            image.hasHistory = hasHistory
            image.editConfiguration = { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                return Array(text.replacing(#""empty_layer":true"#, with: #""empty_layer":false"#).utf8)
            }
            let path = try bench.write(image, to: "image\(number)")
            let outcome = try bench.audit(path, "--output", "reports\(number)")
            #expect(outcome.status == 0, "\(outcome.errorText)")
            let json = try #require(try bench.reports("reports\(number)")["evidence.json"])
            let evidence = try JSONDecoder().decode(Evidence.self, from: Data(json))
            #expect(evidence.layers.allSatisfy { $0.createdBy == nil && $0.index != nil })
            #expect(evidence.gaps.contains { $0.detail.contains("history") })
        }
    }

    @Test("a blob that is a link out of the image, to itself, or a pipe, is not read and does not hang")
    func links() throws {
        for (number, make) in [
            "ln -s /etc/passwd blob", "ln -s blob blob", "mkfifo blob", "mkdir blob", "ln -s /dev/zero blob",
        ].enumerated() {
            let bench = try Workbench()
            let image = try bench.write(try Self.withSecret())
            let blob = try bench.largestBlob(of: image)
            let script = "rm '\(blob)' && \(make.replacing("blob", with: "'\(blob)'"))"
            _ = try ProgramRunner.output(of: "sh", ["-c", script])
            let outcome = try bench.audit(image)
            #expect(outcome.status == 2, "\(number) \(outcome.errorText)")
            #expect(!outcome.outputText.contains("root:x"))
            let json = try #require(try bench.reports()["evidence.json"])
            let evidence = try JSONDecoder().decode(Evidence.self, from: Data(json))
            #expect(evidence.gaps.map(\.reason) == [.unreadable], "\(make)")
            #expect(evidence.findings.isEmpty)
        }
    }

    @Test("a link from one place inside the image to another is followed")
    func linkInside() throws {
        let bench = try Workbench()
        let image = try bench.write(try Self.withSecret())
        let blob = try bench.largestBlob(of: image)
        _ = try ProgramRunner.output(
            of: "sh", ["-c", "mv '\(blob)' '\(image)/moved' && ln -s ../../moved '\(blob)'"])
        #expect(try bench.audit(image).status == 1)
    }

    /// An image whose largest blob is a layer with a secret.
    private static func withSecret() throws -> ImageBuilder {
        var image = Workbench.cleanImage()
        var layer = LayerBuilder()
        var generator = SeededGenerator(seed: 3)
        layer.file("srv/key.env", "STRIPE=\(Trial.secret(1))\n")
        layer.file("srv/noise", generator.bytes(60_000))
        image.layer(layer, createdBy: "COPY . /srv")
        return image
    }

    private static func expectRefusal(
        of path: String, in bench: Workbench, naming words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try bench.audit(path)
        #expect(outcome.status == 3, "\(outcome.errorText.prefix(400))", sourceLocation: sourceLocation)
        #expect(
            outcome.errorText.contains(words), "\(outcome.errorText.prefix(400))",
            sourceLocation: sourceLocation)
        #expect(outcome.errorText.utf8.count < 4_000, sourceLocation: sourceLocation)
    }
}
