import Detection
import FoundationEssentials
import ImageReading
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// A layer that an earlier run looked at is known in the next, and nothing else changes.
struct LayerCacheTests {
    /// A token in a file, one in a file's name, one removed, hard links, a package's database, and an archive that is none.
    private static func layers() -> [LayerBuilder] {
        var base = LayerBuilder()
        base.file("etc/key.env", "KEY=\(Samples.token(1))\n")
        base.file(StoredName("srv/\(Samples.token(2)).txt"), "nothing\n")
        base.file("srv/old.env", "KEY=\(Samples.token(3))\n")
        base.file("srv/linked.env", "KEY=\(Samples.token(4))\n")
        base.hardLink("srv/other.env", to: "srv/linked.env")
        base.file("srv/broken.zip", Array("PK\u{3}\u{4}".utf8) + Samples.filler(100))
        base.file(
            "var/lib/dpkg/status",
            "Package: hello\nStatus: install ok installed\nMaintainer: A <a@lists.debian.org>\nVersion: 1\n\n"
        )
        base.file("var/lib/dpkg/info/hello.md5sums", "\(String(repeating: "0", count: 32))  etc/hello\n")
        var top = LayerBuilder()
        top.whiteout("srv/old.env")
        top.whiteout("srv/linked.env")
        top.file("etc/key.env", "none\n")
        return [base, top]
    }

    private static func image(in scratch: ScratchFolder) throws -> Image {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        for layer in layers() { image.layer(layer, createdBy: "COPY . / # buildkit") }
        _ = try ImageBundle(image).write(to: scratch.file("image"), as: .ociLayout)
        return try #require(try ImageSelection.open(scratch.file("image"), platform: nil).first)
    }

    private static func detectors(
        _ kind: FindingKind = .serviceCredential, key: UInt8 = 7
    ) throws -> DetectorSet {
        try DetectorSet.compile(
            [Samples.rule(kind)], key: FingerprintKey(bytes: Array(repeating: key, count: 32)))
    }

    /// What a run of its own says, with the cache in `scratch`.
    private static func run(
        _ image: Image, in scratch: ScratchFolder, _ detectors: DetectorSet? = nil
    ) async throws -> (evidence: Evidence, known: [Int]) {
        let detectors = try detectors ?? Self.detectors()
        let cache = try #require(LayerCache(folder: scratch.file("cache"), detectors: detectors))
        return try await Samples.evidence(of: image, detectors: detectors, memory: LayerMemory(cache: cache))
    }

    private static func files(in scratch: ScratchFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.file("cache/layers")).sorted()
            .map { scratch.file("cache/layers/\($0)") }
    }

    @Test("the second run looks at no layer, and says the same as one that never kept any")
    func same() async throws {
        let scratch = try ScratchFolder()
        let image = try Self.image(in: scratch)
        let never = try await Samples.evidence(
            of: image, detectors: Self.detectors(), memory: LayerMemory()
        ).evidence
        let first = try await Self.run(image, in: scratch)
        let second = try await Self.run(image, in: scratch)
        #expect(first.known == [] && second.known == [0, 1])
        #expect(first.evidence == never && second.evidence == never)
        #expect(never.findings.map(\.persistence) == [.overwritten, .present, .deleted, .present])
        #expect(never.gaps.count == 1)
    }

    @Test("neither a secret nor the name of a file stands in what is kept, and nobody else may read it")
    func sealed() async throws {
        let scratch = try ScratchFolder()
        _ = try await Self.run(try Self.image(in: scratch), in: scratch)
        let files = try Self.files(in: scratch)
        #expect(files.count == 2)
        for file in files {
            let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
            for word in [Samples.token(1), Samples.token(2), "broken.zip", "hello", "bplist"] {
                #expect(!text.contains(word))
            }
            let facts = try FileManager.default.attributesOfItem(atPath: file)
            #expect(facts[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test(
        "what was changed, cut, or put in another's place is not believed",
        arguments: ["first byte", "middle byte", "last byte", "cut", "empty", "other's", "writable"])
    func tampered(_ way: String) async throws {
        let scratch = try ScratchFolder()
        let image = try Self.image(in: scratch)
        let first = try await Self.run(image, in: scratch).evidence
        let files = try Self.files(in: scratch)
        let contents = try files.map { Array(try Data(contentsOf: URL(filePath: $0))) }
        for (file, content) in zip(files, contents) {
            var changed = content
            switch way {
            case "first byte": changed[0] ^= 1
            case "middle byte": changed[content.count / 2] ^= 0x80
            case "last byte": changed[content.count - 1] ^= 1
            case "cut": changed = Array(content.dropLast())
            case "empty": changed = []
            case "other's": changed = contents[file == files[0] ? 1 : 0]
            default:
                try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
                continue
            }
            try Data(changed).write(to: URL(filePath: file))
        }
        let second = try await Self.run(image, in: scratch)
        #expect(second.known == [])
        #expect(second.evidence == first)
    }

    @Test("a blob that is damaged or gone is told of, whatever is known of it", arguments: [true, false])
    func damaged(_ isGone: Bool) async throws {
        let scratch = try ScratchFolder()
        let image = try Self.image(in: scratch)
        _ = try await Self.run(image, in: scratch)
        let blob = scratch.file("image/blobs/sha256/\(image.layers[0].digest.hex)")
        var content = try Data(contentsOf: URL(filePath: blob))
        content[content.count / 2] ^= 1
        if isGone {
            try FileManager.default.removeItem(atPath: blob)
        } else {
            try content.write(to: URL(filePath: blob))
        }
        let known = try await Self.run(image, in: scratch)
        #expect(known.known == [1])
        #expect(!known.evidence.isComplete)
        let alone = try await Samples.evidence(
            of: image, detectors: Self.detectors(), memory: LayerMemory())
        #expect(known.evidence == alone.evidence)
    }

    @Test("other rules, or another key, look at every layer themselves")
    func others() async throws {
        let scratch = try ScratchFolder()
        let image = try Self.image(in: scratch)
        _ = try await Self.run(image, in: scratch)
        #expect(try await Self.run(image, in: scratch, Self.detectors(.chatCredential)).known == [])
        #expect(try await Self.run(image, in: scratch, Self.detectors(key: 8)).known == [])
        #expect(try await Self.run(image, in: scratch).known == [0, 1])
    }

    @Test("what could not be looked at is tried again in the next run")
    func incomplete() async throws {
        let scratch = try ScratchFolder()
        let cache = try #require(LayerCache(folder: scratch.file("cache"), detectors: Samples.detectors))
        let digest = Digest(sha256: Array(repeating: 1, count: 32))
        let key = LayerMemory.Key(
            LayerDescriptor(index: 0, digest: digest, diffID: digest, mediaType: "", size: 1))
        var report = LayerReport()
        cache.keep(report, for: key)
        #expect(cache.report(for: key) == nil, "it was not proven")
        report.isProven = true
        report.add(Gap(layer: nil, reason: .detectorLimit, detail: "more than is kept"))
        cache.keep(report, for: key)
        #expect(cache.report(for: key) == nil)
        report = LayerReport()
        report.isProven = true
        cache.keep(report, for: key)
        #expect(cache.report(for: key) != nil)
    }

    @Test("a report weighs the same when it comes back, so that none is cut in one run and not in the next")
    func weight() async throws {
        let scratch = try ScratchFolder()
        let image = try Self.image(in: scratch)
        let detectors = try Self.detectors()
        let cache = try #require(LayerCache(folder: scratch.file("cache"), detectors: detectors))
        for layer in image.layers {
            let report = LayerInspection.run(layer, of: image, detectors: detectors)
            cache.keep(report, for: LayerMemory.Key(layer))
            #expect(cache.report(for: LayerMemory.Key(layer))?.report.weight == report.weight)
        }
    }

    @Test("only so much is kept, and what was unused longest goes first")
    func bounded() async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.file("cache")
        let cache = try #require(LayerCache(folder: folder, detectors: Samples.detectors, capacity: 3_000))
        var report = LayerReport()
        report.isProven = true
        report.skipped = [.init(reason: .sizeLimit, bytes: 1, entries: 1)]
        let keys = (1...30).map { number in
            let digest = Digest(sha256: Array(repeating: UInt8(number), count: 32))
            return LayerMemory.Key(
                LayerDescriptor(index: 0, digest: digest, diffID: digest, mediaType: "", size: 1))
        }
        for (position, key) in keys.enumerated() {
            cache.keep(report, for: key)
            // Later than those before, by the clock of the file system too.
            for file in try Self.files(in: scratch) where position > 0 {
                let facts = try FileManager.default.attributesOfItem(atPath: file)
                let used = try #require(facts[.modificationDate] as? Date)
                try FileManager.default.setAttributes([.modificationDate: used - 1], ofItemAtPath: file)
            }
        }
        let known = keys.map { cache.report(for: $0) != nil }
        #expect(known.last == true && known.first == false)
        #expect(known == known.sorted { !$0 && $1 }, "the youngest are kept")
        let sizes = try Self.files(in: scratch).map {
            try #require(try FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int)
        }
        #expect(sizes.reduce(0, +) <= 3_000)
    }
}
