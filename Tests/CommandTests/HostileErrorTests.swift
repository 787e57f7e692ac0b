import ImageWriting
import TestSupport
import Testing

/// What an image says of itself gets into errors without doing anything there.
struct HostileErrorTests {
    private static let text = "\u{1b}[31mred\u{202e}\n::error::x"

    private static func expectCalm(
        _ outcome: ProgramRunner.Outcome, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == 3, sourceLocation: sourceLocation)
        let shown = outcome.errorText.unicodeScalars
        #expect(
            !shown.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202e }, "\(outcome.errorText)",
            sourceLocation: sourceLocation)
        #expect(!outcome.errorText.contains("\n::error"), sourceLocation: sourceLocation)
    }

    @Test("a platform that the image offers instead is shown without what it would do to a terminal")
    func platform() throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        image.platform.architecture = Self.text
        let path = try bench.write(image)
        Self.expectCalm(try bench.audit(path, "--platform", "linux/s390x"))
    }

    @Test("so is a tag")
    func tag() throws {
        let bench = try Workbench()
        _ = try ImageBundle(Workbench.cleanImage(), name: "x:" + Self.text).write(
            to: bench.scratch.file("image"), as: .ociLayout)
        Self.expectCalm(try bench.audit("oci:\(bench.scratch.file("image")):other"))
    }

    @Test("a tag that is a secret is not offered in an error")
    func secretTag() throws {
        let bench = try Workbench()
        _ = try ImageBundle(Workbench.cleanImage(), name: "x:" + Trial.secret(1)).write(
            to: bench.scratch.file("image"), as: .ociLayout)
        let outcome = try bench.audit("oci:\(bench.scratch.file("image")):other")
        Self.expectCalm(outcome)
        #expect(!outcome.errorText.contains(Trial.secret(1)))
    }

    @Test("a secret in a part of the configuration that nothing reads is found all the same")
    func unreadConfiguration() throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        image.editConfiguration = { bytes in
            Array("{\"container_config\":{\"Env\":[\"A=\(Trial.secret(1))\"]},".utf8) + bytes.dropFirst()
        }
        #expect(try bench.audit(try bench.write(image)).status == 1)
    }

    @Test("a document with a key twice is refused, since an engine may take the other one")
    func repeatedKey() throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        image.editConfiguration = { bytes in Array("{\"Config\":{},".utf8) + bytes.dropFirst() }
        Self.expectCalm(try bench.audit(try bench.write(image)))
    }

    @Test("a broken label is told without its name, which may be a secret")
    func label() throws {
        let bench = try Workbench()
        var image = Workbench.cleanImage()
        image.runtime.labels = [Trial.secret(1) + "\u{1b}[31m": "REPLACED"]
        image.editConfiguration = { bytes in
            Array(String(decoding: bytes, as: UTF8.self).replacing("\"REPLACED\"", with: "5").utf8)
        }
        let outcome = try bench.audit(try bench.write(image))
        Self.expectCalm(outcome)
        #expect(outcome.errorText.contains("config.labels"))
        #expect(!outcome.errorText.contains(Trial.secret(1)))
    }
}
