import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// Images as other tools make them, audited by the built program.
struct RealToolsTests {
    /// A finding as it must come out whatever form the image has.
    private struct Trace: Hashable, Comparable, CustomStringConvertible {
        let layer: Int
        let path: String
        let rule: String
        let persistence: Persistence
        let removedBy: Int?
        let fingerprint: Fingerprint?

        init(_ finding: Finding) {
            layer = finding.location.layer?.index ?? -1
            path = finding.location.path?.description ?? finding.location.config ?? ""
            rule = finding.rule
            persistence = finding.persistence
            removedBy = finding.removedBy?.index
            fingerprint = finding.fingerprint
        }

        var description: String { "\(layer) \(path) \(rule) \(persistence) \(removedBy ?? -1)" }

        static func < (left: Trace, right: Trace) -> Bool { left.description < right.description }
    }

    private static func audit(
        _ image: String, in bench: Workbench, reports: String, status: Int = 1,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Evidence {
        let outcome = try bench.audit(image, "--output", reports)
        #expect(outcome.status == status, "\(outcome.errorText)", sourceLocation: sourceLocation)
        let json = try #require(try bench.reports(reports)["evidence.json"])
        return try JSONDecoder().decode(Evidence.self, from: Data(json))
    }

    private static func traces(_ evidence: Evidence) -> [Trace] { evidence.findings.map(Trace.init).sorted() }

    /// Three layers: secrets written, one deleted, one overwritten, one left.
    private static func image() -> ImageBuilder {
        var image = Workbench.cleanImage()
        var first = LayerBuilder()
        first.folder("srv")
        for (name, seed) in [("kept", 1), ("deleted", 2), ("overwritten", 3)] as [(String, UInt64)] {
            first.file(StoredName("srv/\(name).env"), "STRIPE=\(Trial.secret(seed))\n")
        }
        image.layer(first, createdBy: "COPY . /srv # buildkit", compression: .none)
        var second = LayerBuilder()
        second.whiteout("srv/deleted.env")
        second.file("srv/overwritten.env", "STRIPE=\n")
        image.layer(second, createdBy: "RUN /bin/sh -c tidy # buildkit")
        return image
    }

    @Test("skopeo's copies of an image give the same findings, whatever the form and the compression")
    func skopeo() throws {
        guard ProgramRunner.has("skopeo") else { try Test.cancel("needs skopeo") }
        let bench = try Workbench()
        let source = try bench.write(Self.image())
        let original = try Self.audit(source, in: bench, reports: "original")
        let expected = Self.traces(original)
        #expect(expected.map(\.persistence) == [.deleted, .present, .overwritten])
        let copies: [(target: String, reference: String, options: [String])] = [
            ("oci:\(bench.scratch.file("copy")):1", "oci:\(bench.scratch.file("copy")):1", []),
            (
                "oci:\(bench.scratch.file("zstd")):1", "oci:\(bench.scratch.file("zstd")):1",
                ["--dest-compress-format", "zstd"]
            ),
            ("oci-archive:\(bench.scratch.file("a.tar")):1", bench.scratch.file("a.tar"), []),
            ("docker-archive:\(bench.scratch.file("d.tar")):app:1", bench.scratch.file("d.tar"), []),
        ]
        for (number, copy) in copies.enumerated() {
            _ = try ProgramRunner.output(
                of: "skopeo",
                ["copy", "-q", "--insecure-policy"] + copy.options
                    + ["oci:\(source)", copy.target])
            let evidence = try Self.audit(copy.reference, in: bench, reports: "copy\(number)")
            #expect(Self.traces(evidence) == expected, "\(copy.target)")
            #expect(evidence.gaps.isEmpty, "\(copy.target)")
            #expect(evidence.layers.map(\.diffID) == original.layers.map(\.diffID), "\(copy.target)")
            #expect(
                evidence.layers.contains { $0.mediaType?.hasSuffix("zstd") == true } == !copy.options.isEmpty)
        }
    }

    @Test("a file that umoci's repacking removes is found as deleted")
    func umoci() throws {
        guard ProgramRunner.has("umoci") else { try Test.cancel("needs umoci") }
        let bench = try Workbench()
        let layout = bench.scratch.file("layout")
        try bench.scratch.write("STRIPE=\(Trial.secret(7))\n", to: "key.env")
        let script = """
            set -e
            umoci init --layout \(layout)
            umoci new --image \(layout):app
            umoci unpack --image \(layout):app bundle
            mkdir -p bundle/rootfs/opt/app
            cp key.env bundle/rootfs/opt/app/key.env
            umoci repack --refresh-bundle --image \(layout):app bundle
            rm -r bundle/rootfs/opt/app
            umoci repack --refresh-bundle --image \(layout):app bundle
            """
        guard try Self.works(script, in: bench) else { try Test.cancel("umoci cannot unpack here") }
        let evidence = try Self.audit("oci:\(layout):app", in: bench, reports: "reports")
        let findings = evidence.findings
        #expect(findings.map(\.location.path) == [EntryPath("opt/app/key.env")])
        #expect(findings.map(\.persistence) == [.deleted] && findings.first?.removedBy?.index == 1)
        #expect(evidence.gaps.isEmpty)
    }

    @Test("a file that a later buildah layer removes is found as deleted")
    func buildah() throws {
        guard ProgramRunner.has("buildah") else { try Test.cancel("needs buildah") }
        let bench = try Workbench()
        try bench.scratch.write("STRIPE=\(Trial.secret(8))\n", to: "key.env")
        let script = """
            set -e
            export STORAGE_DRIVER=vfs
            b() { buildah --root "$PWD/store" --runroot "$PWD/run" "$@"; }
            trap 'b umount --all > /dev/null 2>&1 || true' EXIT
            first=$(b from scratch)
            b copy "$first" key.env /srv/key.env
            b commit "$first" one
            second=$(b from --pull-never one)
            root=$(b mount "$second")
            rm "$root/srv/key.env"
            b commit "$second" "oci:$PWD/built:1"
            """
        guard try Self.works(script, in: bench) else { try Test.cancel("buildah cannot build here") }
        let evidence = try Self.audit("oci:\(bench.scratch.file("built")):1", in: bench, reports: "reports")
        let findings = evidence.findings.filter { $0.location.layer != nil }
        #expect(findings.map(\.location.path) == [EntryPath("srv/key.env")])
        #expect(findings.map(\.persistence) == [.deleted] && findings.first?.removedBy?.index == 1)
        #expect(evidence.gaps.isEmpty)
    }

    @Test("files of this machine's own system make sane evidence, as a layer that umoci adds")
    func realFiles() throws {
        guard ProgramRunner.has("umoci", "tar") else { try Test.cancel("needs umoci and tar") }
        let bench = try Workbench()
        let layout = bench.scratch.file("layout")
        let script = """
            set -e
            tar -cf system.tar --warning=no-file-changed --ignore-failed-read -C / etc/ssl etc/ssh etc/passwd \
              etc/group etc/pam.d etc/profile etc/default usr/share/ca-certificates \
              $(cd / && ls -d usr/share/doc/lib[a-g]*) 2> /dev/null || [ -s system.tar ]
            umoci init --layout \(layout)
            umoci new --image \(layout):app
            umoci raw add-layer --image \(layout):app system.tar
            """
        guard try Self.works(script, in: bench) else { try Test.cancel("umoci cannot add a layer here") }
        let outcome = try bench.audit("oci:\(layout):app")
        #expect([0, 1].contains(outcome.status), "\(outcome.errorText)")
        let json = try #require(try bench.reports()["evidence.json"])
        let evidence = try JSONDecoder().decode(Evidence.self, from: Data(json))
        #expect(evidence.gaps.allSatisfy { !$0.reason.blocksPass }, "\(evidence.gaps)")
        let layer = try #require(evidence.layers.first { !$0.empty })
        #expect(layer.entries > 100)
        #expect(layer.bytesScanned == layer.uncompressedSize && layer.uncompressedSize < 30 << 20)
        #expect(evidence.inventory.contains { $0.type == .user })
        #expect(evidence.findings.allSatisfy { $0.persistence == .present || $0.persistence == .metadata })
    }

    /// Whether a script ran to its end, in the scratch folder.
    private static func works(_ script: String, in bench: Workbench) throws -> Bool {
        try ProgramRunner(path: "/bin/sh").run(["-c", script], workingFolder: bench.scratch.path).status == 0
    }
}
