import Archives
import Cryptography
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Whatever text the image supplies, a secret in it never gets into evidence.
struct ImageTextTests {
    private enum Place: String, CaseIterable {
        case fileName, folderName, linkTarget, memberName, gapPath, gapMember
        case labelName, labelValue, environmentName, environmentValue, annotationName, annotationValue
        case baseName, historyLine, historyComment, author, command, entrypoint, healthcheck, user
        case exposedPort, volume, workingDirectory, architecture, variant, mediaType, attributeName

        func put(_ token: String, in image: inout ImageBuilder) throws {
            let other = "KEY=\(Samples.token(99))\n"
            var layer = LayerBuilder()
            var runtime = RuntimeConfiguration()
            switch self {
            case .fileName: layer.file(StoredName("app/\(token)"), other)
            case .folderName: layer.file(StoredName("app/x=\(token)/key.env"), other)
            case .linkTarget: layer.symbolicLink("app/link", to: StoredName("/run/\(token)"))
            case .memberName:
                layer.file("a.zip", try Samples.archive(.zip, ("x/\(token)", Array(other.utf8))))
            case .gapPath: layer.file(StoredName("\(token).zip"), Array("PK\u{3}\u{4}broken".utf8))
            case .gapMember: layer.file("a.zip", try Self.lockedZip(token))
            case .labelName: runtime.labels = [token: other, "x.\(token)": "y"]
            case .labelValue: runtime.labels = ["x": token]
            case .environmentName: runtime.environment = ["\(token)=\(other)"]
            case .environmentValue: runtime.environment = ["X=\(token)"]
            case .annotationName: image.annotations = [token: "x"]
            case .annotationValue: image.annotations = ["x": token]
            case .baseName: image.annotations = ["org.opencontainers.image.base.name": "x/\(token)"]
            case .historyLine: image.emptyStep(createdBy: "RUN curl -H '\(token)'")
            case .historyComment: image.emptyStep(createdBy: "RUN x", comment: token)
            case .author: image.author = token
            case .command: runtime.command = ["run", token]
            case .entrypoint: runtime.entrypoint = [token]
            case .healthcheck: runtime.healthcheck = ["CMD-SHELL", "curl \(token)"]
            case .user: runtime.user = token
            case .exposedPort: runtime.exposedPorts = [token]
            case .volume: runtime.volumes = ["/\(token)"]
            case .workingDirectory: runtime.workingDirectory = "/\(token)"
            case .architecture: image.platform.architecture = token
            case .variant: image.platform.variant = token
            case .mediaType:
                image.layer(
                    raw: RawLayer(blob: try layer.tar(), mediaType: "application/\(token)"), createdBy: "x")
            case .attributeName:
                layer.file("x", "y", extendedAttributes: ["user.\(token)": Array(token.utf8)])
            }
            image.runtime = runtime
            image.layer(layer, createdBy: "RUN something \(token)")
        }

        /// A zip with one member under a password, by hand.
        private static func lockedZip(_ name: String) throws -> [UInt8] {
            var bytes = try Samples.archive(.storedZip, (name, Samples.filler(40)))
            let starts = bytes.indices.filter {
                bytes[$0...].starts(with: [0x50, 0x4b, 3, 4])
                    || bytes[$0...].starts(with: [0x50, 0x4b, 1, 2])
            }
            for start in starts { bytes[start + (bytes[start + 2] == 3 ? 6 : 8)] |= 1 }
            return bytes
        }
    }

    @Test("a secret stands nowhere in evidence, wherever the image has it", arguments: Place.allCases)
    private func masked(place: Place) async throws {
        let token = Samples.token(42)
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        try place.put(token, in: &image)
        let json = try Samples.json(try await Samples.evidence(of: image))
        #expect(!json.contains(token))
        #expect(!json.contains(String(token.dropFirst(8))))
    }

    @Test(
        "a secret of one place is hidden in names and values of labels and annotations, where no rule knows it"
    )
    func repeated() async throws {
        let secret = "kW9vQ2xZ7LpT"
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.runtime.environment = ["DB_PASSWORD=\(secret)"]
        image.runtime.labels = ["note.\(secret)": "x", "other": "built with \(secret)"]
        image.annotations = ["org.acme.\(secret)": "x", "org.acme.note": "built with \(secret)"]
        var layer = LayerBuilder()
        layer.file("x", "y")
        image.layer(layer, createdBy: "COPY x /")
        let rule = Samples.rule(
            .databaseCredential, pattern: "DB_PASSWORD=(?<secret>[a-zA-Z0-9]{12})", prefix: "")
        let key = FingerprintKey(bytes: Array(repeating: 7, count: 32))
        let detectors = try DetectorSet.compile([rule], key: key)
        let evidence = try await Samples.evidence(of: image, detectors: detectors)
        #expect(evidence.findings.map(\.location.config) == ["Env/DB_PASSWORD"])
        #expect(evidence.image.labels?["other"] == "built with …")
        #expect(evidence.image.annotations["org.acme.note"] == "built with …")
        #expect(!(try Samples.json(evidence)).contains(secret))
    }

    @Test("a value of the environment is none of its name, whatever stands behind the equals sign")
    func accent() async throws {
        let token = Samples.token(42)
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.runtime.environment = ["KEY=\u{301}\(token)"]
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.findings.map(\.location.config) == ["Env/KEY"])
        #expect(!(try Samples.json(evidence)).contains(token))
    }

    @Test("labels are taken down, and that the image comes from no registry")
    func labels() async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.runtime.labels = ["team": "payments", "org.example/tier": "1"]
        let facts = try await Samples.evidence(of: image).image
        #expect(facts.labels == ["team": "payments", "org.example/tier": "1"])
        #expect(facts.registry == "")
    }

    @Test("a secret that a label gives for the environment stays hidden in lower case too")
    func environment() async throws {
        let token = Samples.token(42)
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.runtime.labels = ["environment": "Shop \(token)"]
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.image.environment?.hasPrefix("shop tok_") == true)
        #expect(!(try Samples.json(evidence)).lowercased().contains(token.lowercased().dropFirst(8)))
    }
}
