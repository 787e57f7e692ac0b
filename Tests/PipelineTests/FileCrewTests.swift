import Archives
import Detection
import FoundationEssentials
import ImageReading
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Files of one layer that several threads inspect.
@Suite("file crews")
struct FileCrewTests {
    @Test("a layer's report is the same however many threads inspect its files", arguments: 0..<8)
    func same(block: Int) async throws {
        for number in 0..<2 {
            let seed = UInt64(block * 2 + number)
            var random = SeededGenerator(seed: seed)
            var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
            image.layer(raw: try Self.layer(&random), createdBy: "COPY . /")
            let scratch = try ScratchFolder()
            let opened = try Self.open(image, in: scratch)
            let reports = try [0, 1, 2, 2].map { inspectors in
                try Self.text(
                    of: LayerInspection.run(
                        opened.layers[0], of: opened, detectors: Samples.detectors, inspectors: inspectors))
            }
            for report in reports.dropFirst() { #expect(report == reports[0], "seed \(seed)") }
            #expect(reports[0].contains("\"sightings\":[{"), "seed \(seed)")
        }
    }

    private static func text(of report: LayerReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    /// A layer of all that may be told differently by different threads, at times cut short.
    private static func layer(_ random: inout SeededGenerator) throws -> RawLayer {
        var layer = LayerBuilder()
        for _ in 0..<Int.random(in: 30...60, using: &random) { try add(to: &layer, &random) }
        let tar = try layer.tar()
        let blob = try Compressor.compress(tar, .gzip)
        var raw = RawLayer(
            blob: blob, mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", diffID: Samples.digest(tar))
        if Int.random(in: 0...3, using: &random) == 0 {
            raw.digest = Samples.digest(blob)
            raw.blob = Array(blob.prefix(blob.count / 10 * 9))
        }
        return raw
    }

    private static func add(to layer: inout LayerBuilder, _ random: inout SeededGenerator) throws {
        // Few names, so that some files come twice.
        let name = "srv/file\(Int.random(in: 0...12, using: &random))"
        let text = secretText(&random)
        switch Int.random(in: 0...13, using: &random) {
        case 0: layer.symbolicLink(StoredName(name), to: "target")
        case 1: layer.file(StoredName(name), try Samples.archive(.zip, ("in \(Samples.token())", text)))
        case 2: layer.file(StoredName(name), try Compressor.compress(text, .gzip))
        case 3: layer.file(StoredName(name), try Compressor.compress(text, .xz))
        // What takes memory shows only inside what takes none.
        case 4:
            let inner = try Compressor.compress(text, .xz)
            layer.file(StoredName(name), try Compressor.compress(inner, .gzip))
        case 5:
            let program = Array("\u{7f}ELF\u{1}".utf8) + random.bytes(3_000)
            let zip = try Samples.archive(.zip, ("in \(Samples.token())", text))
            layer.file(StoredName(name), program + zip + (Bool.random(using: &random) ? large : []))
        case 6:
            layer.file(StoredName("\(name).db"), try database.get().file)
            if Bool.random(using: &random) {
                layer.file(StoredName("\(name).db-journal"), Samples.filler(2_000))
            }
            layer.file(StoredName("\(name).db-wal"), try database.get().log)
        case 7: layer.file(StoredName(name), large + text)
        case 8: layer.file(StoredName("etc/\(Samples.token(random.next()))"), text)
        case 9:
            layer.file("var/lib/dpkg/info/a.md5sums", checksums)
            layer.file("var/lib/dpkg/status", "Package: a\nVersion: 1\nMaintainer: \(maintainer)\n\n")
        case 10:
            let tokens = (0..<40).map { _ in Samples.token(random.next()) }
            layer.file(StoredName(name), Array(tokens.joined(separator: "\n").utf8))
        default: layer.file(StoredName(name), text)
        }
    }

    private static func secretText(_ random: inout SeededGenerator) -> [UInt8] {
        let size = [0, 900, 4_000, 70_000].randomElement(using: &random) ?? 0
        return Samples.filler(size) + Array("KEY=\(Samples.token(random.next()))\n".utf8)
    }

    private static let large = Samples.filler(600_000)

    private static let maintainer = "Debian Someone <someone@lists.debian.org>"

    /// What dpkg says of a package's files.
    private static let checksums = (0..<40).map { "\(String(repeating: "0a", count: 16))  etc/file\($0)\n" }
        .joined()

    /// A database that has one row, and its log that has another.
    private static let database: Result<(file: [UInt8], log: [UInt8]), any Error> = Result {
        let scratch = try ScratchFolder()
        let script = """
            PRAGMA journal_mode = wal;
            PRAGMA wal_autocheckpoint = 0;
            CREATE TABLE note (body TEXT);
            INSERT INTO note VALUES ('\(Samples.token(71))');
            PRAGMA wal_checkpoint(truncate);
            INSERT INTO note VALUES ('\(Samples.token(72))');
            .dbconfig no_ckpt_on_close on

            """
        _ = try ProgramRunner.output(of: "sqlite3", [scratch.file("it.db")], input: Array(script.utf8))
        return (try scratch.read("it.db"), try scratch.read("it.db-wal"))
    }

    @Test(
        "a database that is kept takes no memory from the files before it, and the same from those beside it")
    func keptDatabase() throws {
        let scratch = try ScratchFolder()
        let script = """
            PRAGMA journal_mode = wal;
            CREATE TABLE note (body BLOB);
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 170)
                INSERT INTO note SELECT randomblob(100000) FROM n;
            PRAGMA wal_checkpoint(truncate);

            """
        _ = try ProgramRunner.output(of: "sqlite3", [scratch.file("it.db")], input: Array(script.utf8))
        var random = SeededGenerator(seed: 3)
        let text =
            random.bytes(4_000) + [UInt8](repeating: 0x20, count: 20 << 20)
            + Array("KEY=\(Samples.token(6))\n".utf8)
        _ = try scratch.write(text, to: "text")
        // Refers back as far as there is text.
        _ = try ProgramRunner.output(of: "xz", ["-9", "-T1", scratch.file("text")])
        let wanting = try Compressor.compress(try scratch.read("text.xz"), .gzip)
        var layer = LayerBuilder()
        layer.file("srv/before", wanting)
        let database = try scratch.read("it.db")
        layer.file("srv/it.db", database)
        layer.file("srv/it.db-beside", wanting)
        layer.file("srv/between", wanting)
        layer.file("srv/last.db", database)
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer, createdBy: "COPY . /", compression: .none)
        let opened = try Self.open(image, in: scratch)
        for inspectors in 0...1 {
            let report = LayerInspection.run(
                opened.layers[0], of: opened, detectors: Samples.detectors, inspectors: inspectors)
            #expect(report.sightings.map(\.path.description) == ["/srv/before", "/srv/between"])
            #expect(report.gaps.compactMap(\.path?.description) == ["/srv/it.db-beside"])
        }
    }

    private static func open(_ image: ImageBuilder, in scratch: ScratchFolder) throws -> Image {
        _ = try ImageBundle(image, name: "trial:1").write(to: scratch.file("image"), as: .ociLayout)
        return try ImageSelection.open(scratch.file("image"), platform: "all")[0]
    }

    @Test("an inspector says what it found, and returns what it has no memory for")
    func returned() throws {
        let text = Array("KEY=\(Samples.token(5))\n".utf8)
        let inspectors = FileInspectors(2, detectors: Samples.detectors)
        let files = try [
            text, Compressor.compress(text, .gzip), Compressor.compress(text, .xz),
            Samples.archive(.zip, ("in", text)), text,
        ].map(Self.file)
        inspectors.hand(files)
        for file in files { inspectors.wait(for: file) }
        #expect(files.map { inspectors.fetch($0)?.findings.count } == [1, 1, nil, nil, 1])
    }

    @Test("inspectors return what they are handed while nobody fetches what they found")
    func unfetched() throws {
        let text = Array("\(Samples.token(1)) \(Samples.token(2))\n".utf8)
        let inspectors = FileInspectors(1, detectors: Samples.detectors, resultLimit: 1_000)
        let files = (0..<4).map { _ in Self.file(text) }
        inspectors.hand(files)
        for file in files { inspectors.wait(for: file) }
        #expect(files.map { inspectors.fetch($0)?.findings.count } == [2, nil, nil, nil])
        let next = Self.file(text)
        inspectors.hand([next])
        inspectors.wait(for: next)
        #expect(inspectors.fetch(next)?.findings.count == 2)
    }

    @Test("a file is inspected once, by whoever comes first")
    func once() {
        let file = Self.file([1, 2, 3])
        #expect(file.begin() && !file.begin() && !file.isEnded)
        file.end(nil)
        #expect(file.isEnded && !file.begin() && file.result == nil)
    }

    private static func file(_ bytes: [UInt8]) -> HandedFile {
        HandedFile(
            FileEntry(
                path: EntryPath("srv/file"), kind: .file, size: bytes.count, mode: 0o644, owner: 0, group: 0),
            bytes)
    }
}
