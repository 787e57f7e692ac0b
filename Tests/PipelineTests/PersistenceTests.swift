import Archives
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What became of a secret, told from real layers.
struct PersistenceTests {
    private static let copied = "COPY . /app # buildkit"

    /// An image whose first layer holds a secret at `app/conf/key.env`, with one more layer made by `change`.
    private static func image(_ change: (inout LayerBuilder) -> Void) -> ImageBuilder {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var first = LayerBuilder()
        first.folder("app/conf")
        first.file("app/conf/key.env", "KEY=\(Samples.token(1))\n")
        image.layer(first, createdBy: copied)
        image.emptyStep(createdBy: "USER app")
        var second = LayerBuilder()
        change(&second)
        image.layer(second, createdBy: "RUN /bin/sh -c tidy # buildkit")
        return image
    }

    private enum Change: String, CaseIterable {
        case whiteout, folderWhiteout, opaqueFolder, opaqueParent, opaqueRoot
        case anotherFile, folderInItsPlace, linkInItsPlace, fileForItsFolder, hardLinkInItsPlace
        case elsewhere, neighbourWhiteout, folderAgain, aufsMarker

        var expected: Persistence {
            switch self {
            case .whiteout, .folderWhiteout, .opaqueFolder, .opaqueParent, .opaqueRoot, .fileForItsFolder:
                .deleted
            case .anotherFile, .folderInItsPlace, .linkInItsPlace, .hardLinkInItsPlace: .overwritten
            case .elsewhere, .neighbourWhiteout, .folderAgain, .aufsMarker: .present
            }
        }

        func make(_ layer: inout LayerBuilder) {
            switch self {
            case .whiteout: layer.whiteout("app/conf/key.env")
            case .folderWhiteout: layer.whiteout("app")
            case .opaqueFolder: layer.opaqueWhiteout(of: "app/conf")
            case .opaqueParent: layer.opaqueWhiteout(of: "./app/")
            case .opaqueRoot: layer.opaqueWhiteout(of: "")
            case .anotherFile: layer.file("./app/conf/key.env", "KEY=\n")
            case .folderInItsPlace: layer.folder("app/conf/key.env/")
            case .linkInItsPlace: layer.symbolicLink("/app/conf/key.env", to: "/dev/null")
            case .fileForItsFolder: layer.file("app/conf", "")
            case .hardLinkInItsPlace:
                layer.file("empty", "")
                layer.hardLink("app/conf/key.env", to: "empty")
            case .elsewhere: layer.file("app/conf/key.env.bak", "KEY=\n")
            case .neighbourWhiteout: layer.whiteout("app/conf/key")
            case .folderAgain: layer.folder("app/conf")
            case .aufsMarker: layer.file("app/conf/.wh..wh.plnk", "")
            }
        }
    }

    @Test("an upper layer decides what became of a file", arguments: Change.allCases)
    private func fate(change: Change) async throws {
        let evidence = try await Samples.evidence(of: Self.image(change.make))
        let finding = try #require(evidence.findings.first { $0.location.layer?.index == 0 })
        #expect(finding.persistence == change.expected)
        #expect(finding.createdBy == Self.copied)
        if change.expected == .present {
            #expect(finding.removedBy == nil)
        } else {
            #expect(finding.removedBy == Removal(index: 1, createdBy: "RUN /bin/sh -c tidy # buildkit"))
        }
        #expect(evidence.isComplete && evidence.gaps.isEmpty)
    }

    @Test("a file that is removed and written again is told in both its lives")
    func again() async throws {
        var image = Self.image { $0.whiteout("app/conf/key.env") }
        var third = LayerBuilder()
        third.file("app/conf/key.env", "\n\nKEY=\(Samples.token(1))\n")
        image.layer(third, createdBy: "COPY key.env /app/conf/ # buildkit")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.findings.map(\.persistence) == [.deleted, .present])
        #expect(evidence.findings.map(\.removedBy?.index) == [1, nil])
        #expect(Set(evidence.findings.map(\.fingerprint)).count == 1)
        #expect(Set(evidence.findings.map(\.id)).count == 2)
    }

    @Test("another name for the same file keeps it present, until that is removed as well")
    func hardLinks() async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var first = LayerBuilder()
        first.file("run/key.env", "KEY=\(Samples.token(1))\n")
        first.hardLink("srv/key.env", to: "run/key.env")
        image.layer(first, createdBy: Self.copied)
        var second = LayerBuilder()
        second.whiteout("run/key.env")
        image.layer(second, createdBy: "RUN one")
        let kept = try await Samples.evidence(of: image)
        #expect(kept.findings.map(\.persistence) == [.present])
        var third = LayerBuilder()
        third.whiteout("srv")
        image.layer(third, createdBy: "RUN two")
        let gone = try await Samples.evidence(of: image)
        #expect(gone.findings.map(\.persistence) == [.deleted])
        #expect(gone.findings.map(\.location.path) == [EntryPath("run/key.env")])
    }

    @Test(
        "a name that a layer made for a file before it wrote over that keeps the file present; one made after it does not",
        arguments: [true, false])
    func writtenOver(linksFirst: Bool) async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var below = LayerBuilder()
        below.file("srv/x", "KEY=\(Samples.token())\n")
        image.layer(below, createdBy: "COPY x /srv/")
        var tar = RawTar()
        if !linksFirst { tar.add("srv/x".utf8, Array("clean".utf8)) }
        tar.add("srv/y".utf8, type: "1", link: "srv/x".utf8)
        if linksFirst { tar.add("srv/x".utf8, Array("clean".utf8)) }
        tar.end()
        image.layer(raw: RawLayer(blob: tar.bytes), createdBy: "RUN build")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.findings.map(\.persistence) == [linksFirst ? .present : .overwritten])
    }

    @Test("what was found inside an archive shares the fate of the file that holds it")
    func inside() async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var first = LayerBuilder()
        first.file(
            "srv/app.zip", try Samples.archive(.zip, ("conf/key.env", Array("KEY=\(Samples.token())".utf8))))
        image.layer(first, createdBy: Self.copied)
        var second = LayerBuilder()
        second.whiteout("srv/app.zip")
        second.whiteout("conf/key.env")
        image.layer(second, createdBy: "RUN rm")
        let finding = try #require(try await Samples.evidence(of: image).findings.first)
        #expect(finding.persistence == .deleted)
        #expect(
            finding.location.path == EntryPath("srv/app.zip") && finding.location.within == ["conf/key.env"])
    }

    @Test("a secret in the metadata is in no layer, and told with the instruction that set it")
    func metadata() async throws {
        var image = Self.image { _ in }
        image.emptyStep(createdBy: "ENV SERVICE_TOKEN=\(Samples.token(5))")
        image.runtime.environment = ["PATH=/bin", "SERVICE_TOKEN=\(Samples.token(5))"]
        image.runtime.labels = ["note": Samples.token(6)]
        let found = try await Samples.evidence(of: image).findings.filter { $0.persistence == .metadata }
        #expect(found.map(\.location.config) == ["Env/SERVICE_TOKEN", "Labels/note", "history/3"])
        #expect(found.allSatisfy { $0.origin == .metadata && $0.location.layer == nil })
        #expect(found.first?.createdBy?.hasPrefix("ENV SERVICE_TOKEN=") == true)
        #expect(found.first?.fingerprint == found.last?.fingerprint)
    }

    @Test("layers below the base's own command come from the base, the others from where they say")
    func origins() async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        func layer(_ path: String, _ seed: UInt64) -> LayerBuilder {
            var layer = LayerBuilder()
            layer.file(StoredName(path), "KEY=\(Samples.token(seed))\n")
            return layer
        }
        image.layer(layer("etc/base.env", 1), createdBy: "ADD rootfs.tar / # buildkit")
        image.emptyStep(createdBy: #"CMD ["bash"]"#)
        image.layer(layer("app/key.env", 2), createdBy: "COPY . /app # buildkit")
        image.layer(layer("srv/made.env", 3), createdBy: "RUN /bin/sh -c make # buildkit")
        image.layer(layer("root/.cache/pip/x", 4), createdBy: "RUN /bin/sh -c pip install # buildkit")
        image.layer(layer("opt/x", 5), createdBy: nil)
        image.emptyStep(createdBy: #"CMD ["app"]"#)
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.findings.map(\.origin) == [.base, .context, .step, .cache, .unknown])
        #expect(evidence.image.base?.layers == 1)
        #expect(evidence.layers.map(\.empty) == [false, true, false, false, false, false, true])
    }
}
