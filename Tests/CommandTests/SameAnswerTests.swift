import Foundation
import ImageWriting
import TestSupport
import Testing

/// One image, in every form in which it can lie somewhere: the findings are the same bytes.
struct SameAnswerTests {
    /// Where an image was put: how it is called, what must be known to find it, and what must stay alive meanwhile.
    struct Place {
        let reference: String
        var environment: [String: String] = [:]
        var keeper: (any Sendable)?
    }

    struct Form: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// How its layers are stored; findings name the digests of layers as stored.
        let compression: LayerCompression
        let place: @Sendable (Workbench, ImageBuilder) throws -> Place

        init(
            _ name: String, _ compression: LayerCompression,
            _ place: @escaping @Sendable (Workbench, ImageBuilder) throws -> Place
        ) {
            testDescription = name
            self.compression = compression
            self.place = place
        }

        /// An image written to disk.
        static func stored(
            _ name: String, _ format: ImageFormat, _ compression: LayerCompression, prefix: String = ""
        ) -> Form {
            Form(name, compression) { bench, image in
                Place(reference: prefix + (try bench.write(image, as: format, to: "other")))
            }
        }

        /// An archive that somebody compressed as a whole.
        static func packed(
            _ name: String, _ format: ImageFormat, _ compression: LayerCompression, prefix: String = "",
            _ pack: @escaping @Sendable ([UInt8]) -> [UInt8]
        ) -> Form {
            Form(name, compression) { bench, image in
                _ = try bench.write(image, as: format, to: "plain")
                let file = try bench.scratch.write(pack(try bench.scratch.read("plain")), to: "packed")
                return Place(reference: prefix + file)
            }
        }

        /// An engine that sends the archive.
        static func sent(_ name: String, _ format: ImageFormat, _ compression: LayerCompression) -> Form {
            Form(name, compression) { bench, image in
                let written = try ImageBundle(image, name: "app:1")
                    .write(to: bench.scratch.file("sent"), as: format)
                let id = format == .dockerArchive ? written[0].manifestDigest : written[0].configDigest
                let server = try ScriptedServer(
                    """
                    {"/_ping": [{"headers": [["Api-Version", "1.47"]], "body": "OK"}],
                     "/images/app%3A1/json": [{"body": "{\\"Id\\": \\"\(id)\\"}"}],
                     "/images/\(id.replacing(":", with: "%3A"))/get": [{"file": "sent"}]}
                    """, files: ["sent": try bench.scratch.read("sent")])
                return Place(
                    reference: "docker-daemon:app:1",
                    environment: ["DOCKER_HOST": "tcp://127.0.0.1:\(server.port)"], keeper: server)
            }
        }
    }

    static let forms: [Form] = [
        .stored("OCI archive", .ociArchive, .gzip), .stored("OCI layout, zstd", .ociLayout, .zstd),
        .stored("OCI layout, plain", .ociLayout, .none),
        .stored("OCI archive, named", .ociArchive, .zstd, prefix: "oci-archive:"),
        .stored("docker-archive since version 25", .dockerArchive, .gzip),
        .stored("docker-archive since version 25, named", .dockerArchive, .gzip, prefix: "docker-archive:"),
        .stored("docker-archive of skopeo", .dockerArchiveFlat, .none),
        .stored("docker-archive before version 25", .dockerArchiveLegacy, .none),
        .packed("OCI archive in gzip", .ociArchive, .gzip) { RawGzip.member($0) },
        .packed("docker-archive in gzip", .dockerArchiveLegacy, .none) { RawGzip.member($0) },
        .packed("docker-archive of skopeo in zstd", .dockerArchiveFlat, .none) { RawGzip.zstdFrame($0) },
        .packed(
            "docker-archive since version 25 in gzip, named", .dockerArchive, .gzip, prefix: "docker-archive:"
        ) { RawGzip.member($0) },
        .sent("engine of Docker since version 25", .dockerArchive, .gzip),
        .sent("engine of Docker before version 25", .dockerArchiveLegacy, .none),
    ]

    @Test("the findings are the same bytes, whatever form the image has", arguments: forms)
    func sameBytes(form: Form) throws {
        let bench = try Workbench()
        let place = try form.place(bench, Self.image(form.compression))
        defer { withExtendedLifetime(place) {} }
        try Self.compare(place, form.compression, in: bench)
    }

    @Test(
        "an image in Podman's engine gives the findings of the same image as a file",
        .enabled(if: ProgramRunner.has("podman"), "needs podman"))
    func podman() throws {
        let bench = try Workbench()
        _ = try ImageBundle(Self.image(.none), name: "localhost/some/app:1.0")
            .write(to: bench.scratch.file("image.tar"), as: .dockerArchiveLegacy)
        let podman: PodmanService
        do {
            podman = try PodmanService(loading: bench.scratch.file("image.tar"))
        } catch {
            try Test.cancel("podman cannot store or serve images here: \(error)")
        }
        defer { withExtendedLifetime(podman) {} }
        let environment = ["DOCKER_HOST": podman.address]
        for name in ["localhost/some/app:1.0", "some/app:1.0"] {
            try Self.compare(
                Place(reference: "docker-daemon:\(name)", environment: environment), .none, in: bench)
        }
        let missing = try bench.audit("docker-daemon:no/such:1", environment: environment)
        #expect(missing.status == 3 && missing.errorText.contains("has no such image"))
        #expect(missing.errorText.contains("help: docker images or podman images"))
    }

    /// Four layers: secrets left, deleted and overwritten, one larger than any buffer, and the first one once more.
    private static func image(_ compression: LayerCompression) -> ImageBuilder {
        var first = LayerBuilder()
        first.folder("srv")
        for (name, seed) in [("kept", 11), ("deleted", 12), ("overwritten", 13)] as [(String, UInt64)] {
            first.file(StoredName("srv/\(name).env"), "STRIPE=\(Trial.secret(seed))\n")
        }
        var second = LayerBuilder()
        second.whiteout("srv/deleted.env")
        second.file("srv/overwritten.env", "STRIPE=\n")
        var third = LayerBuilder()
        let filler = [UInt8](repeating: 10, count: 700_000)
        third.file("opt/log", filler + Array("STRIPE=\(Trial.secret(14))\n".utf8) + filler)
        var image = ImageBuilder(created: "2026-09-01T00:00:00Z")
        for (number, layer) in [first, second, third, first].enumerated() {
            image.layer(layer, createdBy: "COPY \(number) / # buildkit", compression: compression)
        }
        image.emptyStep(createdBy: "ENV STRIPE=\(Trial.secret(15))")
        image.runtime.environment = ["STRIPE=\(Trial.secret(15))"]
        return image
    }

    /// Holds the findings at `place` against those of an OCI layout.
    private static func compare(_ place: Place, _ compression: LayerCompression, in bench: Workbench) throws {
        let usual = try bench.write(image(.gzip), to: "usual")
        let expected = try evidence(of: Place(reference: usual), in: bench)
        let found = try evidence(of: place, in: bench)
        let isOtherBlobs = compression != .gzip
        #expect(
            try findings(found, dropsDigests: isOtherBlobs) == findings(expected, dropsDigests: isOtherBlobs))
        #expect((expected["findings"] as? [Any])?.count == 9)
        #expect((found["gaps"] as? [Any])?.isEmpty == true)
    }

    private static func evidence(of place: Place, in bench: Workbench) throws -> [String: Any] {
        let outcome = try bench.run("inspect", place.reference, "-o", "-", environment: place.environment)
        #expect(outcome.status == 0, "\(outcome.errorText)")
        let document = try JSONSerialization.jsonObject(with: Data(outcome.output))
        return try #require(document as? [String: Any])
    }

    /// The findings as bytes, without what names the layers as stored where that differs.
    private static func findings(_ evidence: [String: Any], dropsDigests: Bool) throws -> [UInt8] {
        var findings = try #require(evidence["findings"] as? [[String: Any]])
        for index in findings.indices where dropsDigests {
            guard var location = findings[index]["location"] as? [String: Any],
                var layer = location["layer"] as? [String: Any]
            else { continue }
            #expect(layer.removeValue(forKey: "digest") != nil)
            location["layer"] = layer
            findings[index]["location"] = location
        }
        return Array(try JSONSerialization.data(withJSONObject: findings, options: [.sortedKeys]))
    }
}
