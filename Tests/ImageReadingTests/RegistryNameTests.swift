import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite("names of images in registries")
struct RegistryNameTests {
    static let digest = "sha256:" + String(repeating: "ab", count: 32)

    @Test(
        "what people leave out is filled in",
        arguments: [
            ("alpine", "docker.io", "library/alpine", "latest"),
            ("alpine:3.20", "docker.io", "library/alpine", "3.20"),
            ("grafana/loki", "docker.io", "grafana/loki", "latest"),
            ("docker.io/alpine", "docker.io", "library/alpine", "latest"),
            ("index.docker.io/library/alpine:1", "docker.io", "library/alpine", "1"),
            ("localhost/a", "localhost", "a", "latest"),
            ("localhost:5000/a", "localhost:5000", "a", "latest"),
            ("ghcr.io/a/b__c/d-e.f:v1.2_X", "ghcr.io", "a/b__c/d-e.f", "v1.2_X"),
            ("[::1]:5000/a/b:1", "[::1]:5000", "a/b", "1"),
            ("[::1]/a", "[::1]", "a", "latest"),
            ("REGISTRY/a", "REGISTRY", "a", "latest"),
            ("ghcr.io/a@\(digest)", "ghcr.io", "a", digest),
            ("ghcr.io:443/a:v1@\(digest)", "ghcr.io:443", "a", digest),
        ])
    func parts(text: String, host: String, repository: String, version: String) throws {
        let name = try RegistryName(try ImageReference.parse("docker://" + text))
        #expect(name.host == host)
        #expect(name.repository == repository)
        #expect(name.version == version)
    }

    @Test("Docker Hub is asked under the name of its registry")
    func hub() throws {
        #expect(
            try RegistryName(try ImageReference.parse("docker://alpine")).server == "registry-1.docker.io")
        #expect(try RegistryName(try ImageReference.parse("docker://quay.io/a")).server == "quay.io")
    }

    @Test(
        "what is no name is refused, and the error says what is wrong",
        arguments: [
            ("Alpine", "lower case"), ("ghcr.io/A/b", "lower case"), ("a:", "tag"), ("a:-x", "tag"),
            ("a:\(String(repeating: "x", count: 129))", "tag"), ("a@sha256:12", "digest"),
            ("a@sha512:\(String(repeating: "ab", count: 64))", "SHA-256"), ("ghcr.io/", "missing"),
            ("ghcr.io//a", "between slashes"), ("a/../b", "between slashes"), ("a b", "between slashes"),
            ("a?x=1", "between slashes"), ("https://ghcr.io/a", "docker://"), ("a_-b", "between slashes"),
            (String(repeating: "x", count: 300), "longer"), ("a.b?c/d", "no host"), ("a.b#c/d", "no host"),
            ("a.b\\c/d", "no host"), ("a.b%2fc/d", "no host"), ("a.b c/d", "no host"),
        ])
    func invalid(text: String, reason: String) throws {
        let reference = try ImageReference.parse("docker://" + text)
        let error = #expect(throws: ImageError.self) { try RegistryName(reference) }
        #expect(error?.code == .invalidReference)
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }

    @Test(
        "a password in a name is refused without being shown",
        arguments: [
            "USER@ghcr.io/a:1", "docker://USER@ghcr.io/a:1", "docker://USER@localhost:5000/a@\(digest)",
            "https://USER@ghcr.io/a", "docker://USER@ghcr.io", "docker://USER@x/y@ghcr.io/a",
        ])
    func password(text: String) throws {
        let password = "reg-" + "word"
        let reference = try ImageReference.parse(text.replacing("USER", with: "me:\(password)"))
        let error = #expect(throws: ImageError.self) { try RegistryName(reference) }
        #expect(error?.code == .invalidReference)
        #expect(error?.description.contains(password) == false, "\(String(describing: error))")
        #expect(!ImageReference.shown(reference.text).contains(password))
    }

    @Test(
        "nothing is taken for a password in what has none",
        arguments: [
            "docker://ghcr.io/a:1@\(digest)", "oci:folder@\(digest)", "oci-archive:me@home.tar",
            "me@home.tar", "alpine:3",
            "docker-daemon:a@\(digest)",
        ])
    func shown(text: String) { #expect(ImageReference.shown(text) == text) }
}
