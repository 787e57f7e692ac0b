import Model
import TestSupport
import Testing

@testable import ImageReading

@Suite("manifests from a registry", .enabled(if: ProgramRunner.has("python3"), "needs python3"))
struct RegistryManifestTests {
    @Test("all types of manifest that are read are asked for")
    func accepted() throws {
        let registry = try ScriptedRegistry(content: [1])
        #expect(try registry.open().readAll() == [2_048])
        let accept = try registry.requests(for: "/v2/demo/manifests/1").first?.headers["accept"] ?? ""
        for type in [
            "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json",
        ] { #expect(accept.contains(type)) }
    }

    @Test("the image's digest is that of the manifest, by tag and by digest")
    func digest() throws {
        let registry = try ScriptedRegistry(content: [1])
        #expect(try registry.open().digest == registry.image.digest)
        #expect(try registry.open("demo@\(registry.image.digest)").digest == registry.image.digest)
        #expect(try registry.open("demo:other@\(registry.image.digest)").digest == registry.image.digest)
    }

    @Test("another manifest than the digest names is refused")
    func otherManifest() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.manifestPath] = #"{"body": "{}"}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open("demo@\(registry.image.digest)") }
        #expect(error?.code == .digestMismatch)
    }

    @Test("a digest in the answer's head that is not the manifest's is refused")
    func otherDigest() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = """
                {"file": "\(script.manifest.hex)",
                "headers": [["Docker-Content-Digest", "sha256:\(String(repeating: "0", count: 64))"]]}
                """
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.code == .digestMismatch)
    }

    @Test(
        "a type that manifest and registry do not agree on is refused; a type that says nothing is not",
        arguments: [
            (
                "application/vnd.docker.distribution.manifest.v2+json",
                ImageError.Code?.some(.malformedDocument)
            ),
            ("application/vnd.oci.image.index.v1+json", .some(.malformedDocument)),
            ("application/json", nil), ("text/plain", nil),
            ("Application/vnd.OCI.image.manifest.v1+json; charset=utf-8", nil),
        ])
    func type(sent: String, code: ImageError.Code?) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = script.manifestAnswer(type: sent)
        }
        do {
            _ = try registry.open()
            #expect(code == nil)
        } catch let error as ImageError {
            #expect(error.code == code, "\(error)")
        }
    }

    @Test(
        "a manifest that does not state its type has the one that the registry gives, or that it looks like")
    func untyped() throws {
        for sent in [ScriptedRegistry.manifestType, "application/json"] {
            let registry = try ScriptedRegistry(content: [1], statesType: false) { script in
                script[script.tagPath] = script.manifestAnswer(type: sent)
            }
            #expect(try registry.open().readAll() == [2_048])
        }
    }

    @Test(
        "a manifest of schema 1 is refused in words",
        arguments: [
            ("application/vnd.docker.distribution.manifest.v1+prettyjws", #"{\"schemaVersion\":1}"#),
            ("application/json", #"{\"schemaVersion\":1,\"fsLayers\":[]}"#),
        ])
    func schema1(type: String, document: String) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = #"{"body": "\#(document)", "headers": [["Content-Type", "\#(type)"]]}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains("schema 1") == true)
    }

    @Test("what is no manifest at all is named so", arguments: ["{}", "<html>", "[]", ""])
    func none(document: String) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = #"{"body": "\#(document)"}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect([.notAnImage, .malformedDocument].contains(error?.code))
    }

    @Test("a web page is told from a manifest")
    func webPage() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] =
                #"{"body": "<html>", "headers": [["Content-Type", "text/html; charset=utf-8"]]}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error == ImageError(.unavailable, at: error?.place ?? "", ""))
        #expect(error?.description.contains("web page") == true)
    }

    @Test("a layer that the registry does not have is named, and a foreign one as what it is")
    func missing() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.layerPath] =
                #"{"status": 404, "body": "{\"errors\":[{\"code\":\"BLOB_UNKNOWN\"}]}"}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open().readAll() }
        #expect(error == ImageError(.notFound, at: registry.layer.text, ""))
    }

    @Test(
        "a tag that is not there is told with those that there are, where the registry lists them",
        arguments: [
            (#"{"body": "{\"tags\":[\"1\",\"latest\"]}"}"#, "; there are 1, latest"),
            (#"{"body": "{\"tags\":null}"}"#, "; none has any"), (#"{"body": "<html>"}"#, "MANIFEST_UNKNOWN"),
            (#"{"status": 401}"#, "MANIFEST_UNKNOWN"),
            (#"{"body": "{", "endless": true}"#, "MANIFEST_UNKNOWN"),
        ])
    func tags(answer: String, ending: String) throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script["/v2/demo/manifests/9"] =
                #"{"status": 404, "body": "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"}"#
            script["/v2/demo/tags/list"] = answer
        }
        let error = #expect(throws: ImageError.self) { try registry.open("demo:9") }
        #expect(error?.code == .notFound)
        #expect(error?.description.hasSuffix(ending) == true, "\(String(describing: error))")
    }

    @Test("a registry that always answers with redirects is given up")
    func redirects() throws {
        let registry = try ScriptedRegistry(content: [1]) { script in
            script[script.tagPath] = #"{"status": 302, "headers": [["Location", "/v2/demo/manifests/1"]]}"#
        }
        let error = #expect(throws: ImageError.self) { try registry.open() }
        #expect(error?.code == .tooLarge)
    }
}
