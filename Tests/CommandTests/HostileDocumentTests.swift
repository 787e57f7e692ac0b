import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// Indexes, manifests and configurations that are too deep, too long, or say what cannot be.
struct HostileDocumentTests {
    enum Place: CaseIterable {
        case index, manifest, configuration, archive
    }

    private static let large = String(repeating: "x", count: 100 << 20)

    /// An image whose document at `place` is `document`, everything that leads there being right.
    private static func audit(_ document: String, at place: Place) throws -> HostileTrial {
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        func blob(_ text: String) throws -> String {
            let digest = StreamedLayer.digest(Array(text.utf8))
            try bench.scratch.write(text, to: "image/blobs/sha256/\(digest.dropFirst(7))")
            return #""digest":"\#(digest)","size":\#(text.utf8.count)"#
        }
        let manifestType = #""mediaType":"application/vnd.oci.image.manifest.v1+json""#
        let configType = #""mediaType":"application/vnd.oci.image.config.v1+json""#
        switch place {
        case .index:
            try bench.scratch.write(document, to: "image/index.json")
        case .manifest:
            let index = #"{"schemaVersion":2,"manifests":[{\#(manifestType),\#(try blob(document))}]}"#
            try bench.scratch.write(index, to: "image/index.json")
        case .configuration:
            let manifest =
                #"{"schemaVersion":2,"config":{\#(configType),\#(try blob(document))},"layers":[]}"#
            let index = #"{"schemaVersion":2,"manifests":[{\#(manifestType),\#(try blob(manifest))}]}"#
            try bench.scratch.write(index, to: "image/index.json")
        case .archive:
            var tar = RawTar()
            tar.add("manifest.json".utf8, Array(document.utf8))
            tar.end()
            return try HostileTrial(try bench.scratch.write(tar.bytes, to: "image.tar"), in: bench)
        }
        return try HostileTrial(image, in: bench)
    }

    @Test("a document that nests 100,000 deep is refused wherever it stands", arguments: Place.allCases)
    func deep(place: Place) throws {
        for document in [
            String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000),
            #"{"config":{"Labels":"# + String(repeating: "[", count: 100_000)
                + String(repeating: "]", count: 100_000) + "}}",
        ] {
            try Self.audit(document, at: place).expectRefusal(naming: "nests deeper")
        }
    }

    @Test("a document of 100 MB is refused before it is read, wherever it stands", arguments: Place.allCases)
    func long(place: Place) throws {
        try Self.audit(#"{"a":"\#(Self.large)"}"#, at: place).expectRefusal(naming: "larger than")
    }

    @Test("a document of a million values is refused, wherever it stands", arguments: Place.allCases)
    func many(place: Place) throws {
        let values = String(repeating: "{},", count: 1_000_000) + "{}"
        for key in ["history", "manifests", "layers", "a"] {
            try Self.audit(#"{"\#(key)":[\#(values)]}"#, at: place).expectRefusal(
                naming: "more than 100000 values")
        }
    }

    @Test(
        "a size that no blob can have is refused, or the layer is not what it says",
        arguments: [
            "1e999", "-1", "9223372036854775807", "9223372036854775808", "4398046511105", "1.5", "\"1\"",
            "-0.1",
        ])
    func sizes(size: String) throws {
        for place in [Place.index, .manifest] {
            let digest = StreamedLayer.digest([1])
            let descriptor =
                #"{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"\#(digest)","size":\#(size)}"#
            let list = place == .index ? "manifests" : "layers"
            let config = place == .index ? "" : #""config":\#(descriptor),"#
            let document = #"{"schemaVersion":2,\#(config)"\#(list)":[\#(descriptor)]}"#
            try Self.audit(document, at: place).expectRefusal()
        }
    }

    @Test("a history or a stack of layers beyond all measure is refused")
    func crowds() throws {
        let digest = StreamedLayer.digest([1])
        let steps = Array(repeating: #"{"empty_layer":true}"#, count: 50_000).joined(separator: ",")
        let config = #"{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[]},"history":[\#(steps)]}"#
        try Self.audit(config, at: .configuration).expectRefusal(naming: "50000 steps")
        let bench = try Workbench()
        let image = try bench.write(Workbench.cleanImage())
        let ids = Array(repeating: "\"\(digest)\"", count: 10_000).joined(separator: ",")
        let many = #"{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[\#(ids)]}}"#
        let layer = #"{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"\#(digest)","size":1}"#
        func blob(_ text: String) throws -> String {
            let digest = StreamedLayer.digest(Array(text.utf8))
            try bench.scratch.write(text, to: "image/blobs/sha256/\(digest.dropFirst(7))")
            return #""digest":"\#(digest)","size":\#(text.utf8.count)"#
        }
        let layers = Array(repeating: layer, count: 10_000).joined(separator: ",")
        let manifest = #"{"schemaVersion":2,"config":{\#(try blob(many))},"layers":[\#(layers)]}"#
        try bench.scratch.write(
            #"{"schemaVersion":2,"manifests":[{\#(try blob(manifest))}]}"#, to: "image/index.json")
        try HostileTrial(image, in: bench).expectRefusal(naming: "10000 layers")
    }

    @Test("a docker-archive that names files outside, links that lead there, or a layer twice never passes")
    func dockerArchive() throws {
        var layer = RawTar()
        layer.addSecret("srv/key.env", 1)
        layer.end()
        let id = StreamedLayer.digest(layer.bytes)
        func archive(layers: [String], _ body: (inout RawTar) -> Void) throws -> HostileTrial {
            let bench = try Workbench()
            let ids = layers.map { _ in "\"\(id)\"" }.joined(separator: ",")
            let names = layers.map { "\"\($0)\"" }.joined(separator: ",")
            var tar = RawTar()
            body(&tar)
            tar.add(
                "config.json".utf8,
                Array(#"{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[\#(ids)]}}"#.utf8))
            tar.add("manifest.json".utf8, Array(#"[{"Config":"config.json","Layers":[\#(names)]}]"#.utf8))
            tar.end()
            return try HostileTrial(try bench.scratch.write(tar.bytes, to: "image.tar"), in: bench)
        }
        for name in ["../../../../etc/passwd", "/etc/passwd", "config.json/../../etc/passwd", "", "."] {
            try archive(layers: [name]) { _ in }.expectGap(.unreadable, secrets: 0)
        }
        for target in ["../../../etc/passwd", "/etc/passwd", "l.tar"] {
            let trial = try archive(layers: ["l.tar"]) { $0.add("l.tar".utf8, type: "2", link: target.utf8) }
            try trial.expectGap(.unreadable, secrets: 0)
            #expect(!trial.outcome.outputText.contains("root:"))
        }
        let twice = try archive(layers: ["l.tar"]) { tar in
            tar.add("l.tar".utf8, layer.bytes)
            tar.add("l.tar".utf8, [UInt8](repeating: 0, count: 1024))
        }
        twice.expectRefusal(naming: "several members of this name")
        let named = try archive(layers: ["l.tar", "l.tar"]) { $0.add("l.tar".utf8, layer.bytes) }
        #expect(named.outcome.status == 1)
        #expect(try named.evidence.findings.count == 2)
    }
}
