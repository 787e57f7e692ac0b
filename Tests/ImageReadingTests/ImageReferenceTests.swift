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
        "what is no file but is called like one is asked for nowhere", arguments: ["no-such.tar", "a/b.tgz"])
    func misspelt(text: String) {
        #expect(throws: ImageError(.notFound, at: text, "")) {
            try ImageOpener.open(try ImageReference.parse(text))
        }
    }

    @Test(
        "a transport that is not read is not taken for a name in a registry",
        arguments: ["dir:folder", "containers-storage:alpine:3.20", "sif:x.sif", "ostree:a@/b"])
    func foreign(text: String) {
        #expect(throws: ImageError(.unsupportedTransport, at: text, "")) { try ImageReference.parse(text) }
    }

    @Test("a folder that skopeo wrote as dir: is told from a docker-archive")
    func skopeoFolder() throws {
        let folder = try ScratchFolder()
        try folder.write("Directory Transport Version: 1.1\n", to: "copy/version")
        try folder.write(#"{"schemaVersion":2}"#, to: "copy/manifest.json")
        let error = #expect(throws: ImageError.self) {
            try ImageOpener.open(try ImageReference.parse(folder.file("copy")))
        }
        #expect(error?.code == .notAnImage)
        #expect(error?.description.contains("skopeo copy") == true)
    }

    @Test("a file that is called like a transport is a file all the same")
    func foreignFile() throws {
        let folder = try ScratchFolder()
        try folder.write([], to: "dir:x")
        #expect(try ImageReference.parse(folder.file("dir:x")).transport == .path)
    }

    @Test(
        "a pipe is refused before anybody reads from it, and the error says why",
        arguments: ["", "docker-archive:", "oci-archive:"])
    func pipe(transport: String) throws {
        let folder = try ScratchFolder()
        _ = try ProgramRunner.output(of: "mkfifo", [folder.file("pipe")])
        let error = #expect(throws: ImageError.self) {
            try ImageOpener.open(try ImageReference.parse(transport + folder.file("pipe")))
        }
        #expect(error?.code == .invalidReference)
        #expect(error?.description.contains("to a file first") == true)
    }

    @Test("what is no file is taken for a name in a registry, and the error says both")
    func neither() throws {
        let error = #expect(throws: ImageError.self) {
            try ImageOpener.open(try ImageReference.parse("127.0.0.1:1/no-such:1"))
        }
        #expect(error?.code == .unreachable)
        #expect(error?.description.contains("no such file, and") == true)
    }
}
