import ImageReading
import Model
import TestSupport
import Testing

@Suite("image references")
struct ImageReferenceTests {
    @Test(
        "each transport is told by its prefix",
        arguments: [
            ("oci:/no/such", .oci, "/no/such", nil),
            ("oci:/no/such:v1", .oci, "/no/such", "v1"),
            ("oci:/no/such:name:v1", .oci, "/no/such", "name:v1"),
            ("oci-archive:x.tar:v1", .ociArchive, "x.tar", "v1"),
            ("docker-archive:x.tar:ghcr.io/a/b:v1", .dockerArchive, "x.tar", "ghcr.io/a/b:v1"),
            ("docker://alpine:3.20", .registry, "alpine:3.20", nil),
            ("docker-daemon:alpine:3.20", .dockerDaemon, "alpine:3.20", nil),
            ("ghcr.io/a/b:v1", .registry, "ghcr.io/a/b:v1", nil),
            ("./no-such:v1", .path, "./no-such", "v1"),
        ] as [(String, ImageReference.Transport, String, String?)])
    func transports(text: String, transport: ImageReference.Transport, path: String, tag: String?) throws {
        let reference = try ImageReference.parse(text)
        #expect(reference.transport == transport)
        #expect(reference.path == path)
        #expect(reference.tag == tag)
        #expect(reference.text == text)
    }

    @Test("a path with colons is taken whole where it exists")
    func colons() throws {
        let folder = try ScratchFolder()
        try folder.write([], to: "a:b/c:d.tar")
        let path = folder.file("a:b/c:d.tar")
        #expect(try ImageReference.parse("oci-archive:\(path)").path == path)
        let tagged = try ImageReference.parse("oci-archive:\(path):x:y")
        #expect(tagged.path == path && tagged.tag == "x:y")
        #expect(try ImageReference.parse(path).transport == .path)
    }

    @Test("a digest after an at sign selects by digest")
    func digest() throws {
        let digest = "sha256:" + String(repeating: "ab", count: 32)
        let reference = try ImageReference.parse("oci:/no/such@\(digest)")
        #expect(reference.path == "/no/such" && reference.digest?.text == digest && reference.tag == nil)
    }

    @Test(
        "what is no reference is refused",
        arguments: [
            "", "oci:", "oci::v1", "oci:/no/such:", "docker:alpine", "docker://", "oci:/x@sha256:12",
            "a\u{0}b",
        ])
    func invalid(text: String) {
        #expect(throws: ImageError(.invalidReference, at: text, "")) { try ImageReference.parse(text) }
    }

    @Test(
        "registries and engines are refused in so many words",
        arguments: ["docker://alpine", "alpine"])
    func unsupported(text: String) throws {
        let reference = try ImageReference.parse(text)
        let error = #expect(throws: ImageError.self) { try ImageOpener.open(reference) }
        #expect(error?.code == .unsupportedTransport)
        #expect(error?.description.contains("not read yet") == true)
    }
}
