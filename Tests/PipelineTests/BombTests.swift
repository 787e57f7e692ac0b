import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Archives that are made to take more than anybody has: time, memory, patience.
struct BombTests {
    @Test("a zip of zips of zips that holds petabytes is given up at the limits")
    func nestedZips() throws {
        var bytes = try Samples.archive(.zip, ("0.dll", [UInt8](repeating: 0, count: 16 << 20)))
        for _ in 0..<4 {
            let inner = bytes
            bytes = try ArchiveWriter.bytes(
                .zip,
                (0..<16).map { index in
                    let name = Array("lib\(index).zip".utf8)
                    return (
                        ArchiveEntryHeader(name: name, kind: .file(size: inner.count), mode: 0o644), inner
                    )
                })
        }
        let result = try Samples.inspect(bytes, at: "42.zip")
        #expect(
            result.gaps.contains { $0.reason == .ratioLimit || $0.reason == .sizeLimit }, "\(result.gaps)")
    }

    @Test("compressed layers of zeros in each other are given up at the ratio limit")
    func nestedStreams() throws {
        var bytes = [UInt8](repeating: 0, count: 128 << 20)
        for method in [Compressor.Method.gzip, .xz, .zstd] { bytes = try Compressor.compress(bytes, method) }
        #expect(try Samples.inspect(bytes, at: "a.gz.xz.zst").reasons.contains(.ratioLimit))
    }

    @Test("an archive that holds itself, as far as the depth goes, ends at the depth limit")
    func deep() throws {
        var bytes = Array("KEY=\(Samples.token())".utf8)
        for _ in 0..<200 { bytes = try Compressor.compress(bytes, .gzip) }
        #expect(try Samples.inspect(bytes, at: "quine.gz").reasons == [.depthLimit])
    }

    @Test("of findings without number so many are kept, and that there are more is told")
    func findings() throws {
        let member = (0..<4_900).map { "\(Samples.token(UInt64($0)))\n" }.joined()
        let bytes = try ArchiveWriter.bytes(
            .storedZip,
            (0..<6).map { index in
                (
                    ArchiveEntryHeader(
                        name: Array("m\(index)".utf8), kind: .file(size: member.utf8.count), mode: 0o644),
                    Array(member.utf8)
                )
            })
        let result = try Samples.inspect(bytes, at: "many.zip")
        #expect(result.sightings.count == LayerReport.sightingLimit)
        #expect(result.reasons.contains(.detectorLimit))
        var many = FileInspection.Result()
        for index in 0..<10_000 { many.note(.malformedArchive, "broken: \(index)") }
        #expect(many.gaps.count == LayerReport.gapLimit + 1 && many.gaps.last?.reason == .detectorLimit)
    }

    @Test("detectors that cannot start leave what is unseen, whatever they were to look at")
    func notStarted() {
        let error = ArchiveError(.unreadable, "detectors could not start")
        let gap = FileInspection.gap(error, "zip", ExpansionMeter(limit: ExpansionLimit()))
        #expect(gap.reason.blocksPass)
    }

    @Test("many members that expand a little each count together")
    func manyMembers() throws {
        let member = [UInt8](repeating: 0, count: 1 << 20)
        let bytes = try ArchiveWriter.bytes(
            .zip,
            (0..<100).map { index in
                (
                    ArchiveEntryHeader(
                        name: Array("m\(index)".utf8), kind: .file(size: member.count), mode: 0o644), member
                )
            })
        #expect(try Samples.inspect(bytes, at: "many.zip").reasons == [.ratioLimit])
    }

    @Test(
        "a stream that wants more memory than we give is read as far as that reaches, and is a gap that says so",
        arguments: [
            "xz -0 --lzma2=preset=0,dict=64MiB", "xz -0 --format=lzma --lzma1=preset=0,dict=64MiB",
            "zstd -1 -q --long=27", "zstd -1 -q --long=26 --no-check",
        ])
    func windows(command: String) throws {
        guard ProgramRunner.has("xz", "zstd") else { try Test.cancel("needs xz and zstd") }
        // Too little for the ratio to end it.
        let secret = Array("\nKEY=\(Samples.token())\n".utf8)
        let large = secret + [UInt8](repeating: 7, count: 44 << 20)
        let small = Array(large.prefix(4 << 20))
        for (content, isWhole) in [(small, true), (large, false)] {
            let bytes = try ProgramRunner.output(of: "sh", ["-c", "\(command) -c"], input: content)
            let result = try Samples.inspect(bytes, at: "a.packed")
            #expect(result.findings.count == 1)
            #expect(result.reasons == (isWhole ? [] : [.sizeLimit]), "\(command) \(result.gaps)")
            if !isWhole { #expect(result.gaps.first?.detail.contains("MiB of memory") == true) }
        }
    }

    @Test("a window that only a later frame wants is noticed as well")
    func laterFrame() throws {
        guard ProgramRunner.has("zstd") else { try Test.cancel("needs zstd") }
        let large = [UInt8](repeating: 7, count: 44 << 20)
        let first = try ProgramRunner.output(of: "zstd", ["-1", "-q", "-c"], input: Samples.filler(1_000))
        let second = try ProgramRunner.output(of: "zstd", ["-1", "-q", "--long=27", "-c"], input: large)
        #expect(try Samples.inspect(first + second, at: "a.zst").reasons == [.sizeLimit])
    }
}
