import Archives
import Cryptography
import Model
import Synchronization
import TestSupport
import Testing

@testable import ImageReading

@Suite("archives that can only be read from their start")
struct StreamedArchiveTests {
    /// A tar stream that counts how often it is begun.
    private final class Stream: Sendable {
        let begun = Mutex(0)
        private let versions: [[UInt8]]

        /// Gives one version after the other, and then the last again and again.
        init(_ versions: [UInt8]...) { self.versions = versions }

        func files() throws -> ArchiveFiles {
            try ArchiveFiles.streamed(at: "stream") { () throws(ArchiveError) in
                let number = self.begun.withLock { number in
                    number += 1
                    return number
                }
                return MemoryByteSource(self.versions[min(number, self.versions.count) - 1])
            }
        }
    }

    private static let names = ["a", "b", "c", "d"]

    /// Not a document, and larger than what libarchive reads at once.
    private static func content(_ name: String) -> [UInt8] {
        [UInt8](repeating: Array(name.utf8)[0], count: 300_000)
    }

    @Test("an archive that expands by more than any honest one does is given up before its end")
    func bomb() throws {
        guard ProgramRunner.has("zstd") else { try Test.cancel("needs the zstd program") }
        let folder = try ScratchFolder()
        let bytes = try ProgramRunner.output(
            of: "sh", ["-ec", "truncate -s 3G zeros; tar -cf - zeros | zstd -q -c"], in: folder.path)
        try folder.write(bytes, to: "image.tar.zst")
        let error = #expect(throws: ImageError.self) { try ArchiveFiles.open(folder.file("image.tar.zst")) }
        #expect(error?.reason.contains("expands to more than 1024 MiB") == true, "\(error.debugDescription)")
    }

    private static func archive(_ names: [String], more: (inout RawTar) -> Void = { _ in }) -> [UInt8] {
        var tar = RawTar()
        for name in names { tar.add(name.utf8, content(name)) }
        more(&tar)
        tar.end()
        return tar.bytes
    }

    private static func read(_ name: String, in files: ArchiveFiles) throws -> [UInt8] {
        try files.open(name).readAll(limit: 1 << 20)
    }

    @Test("the order of the stream takes one pass beside the one for the names")
    func offeredOrder() throws {
        let stream = Stream(Self.archive(Self.names))
        let files = try stream.files()
        for name in Self.names.sorted(by: { files.ordinal(of: $0) ?? 0 < files.ordinal(of: $1) ?? 0 }) {
            #expect(try Self.read(name, in: files) == Self.content(name))
        }
        #expect(stream.begun.withLock(\.self) == 2)
    }

    @Test(
        "any order gives the same bytes", arguments: [["d", "c", "b", "a"], ["b", "b", "d", "a", "c", "a"]])
    func anyOrder(order: [String]) throws {
        let files = try Stream(Self.archive(Self.names)).files()
        for name in order { #expect(try Self.read(name, in: files) == Self.content(name)) }
    }

    @Test("several files can be read at once, each half of the way in turn")
    func interleaved() throws {
        let files = try Stream(Self.archive(Self.names)).files()
        let sources = try Self.names.map { try files.open($0) }
        let halves = try sources.map { try $0.readPrefix(150_000) }
        for (index, source) in sources.enumerated() {
            let whole = halves[index] + (try source.readAll(limit: 1 << 20))
            #expect(whole == Self.content(Self.names[index]))
        }
    }

    @Test("a file that was left in its middle does not disturb the next one")
    func leftInTheMiddle() throws {
        let stream = Stream(Self.archive(Self.names))
        let files = try stream.files()
        _ = try files.open("a").readPrefix(10)
        #expect(try Self.read("c", in: files) == Self.content("c"))
        #expect(stream.begun.withLock(\.self) == 2)
    }

    @Test("documents that the first walk met need no other")
    func documents() throws {
        let stream = Stream(
            Self.archive(Self.names) { tar in
                tar.add("manifest.json".utf8, Array("[1]".utf8))
                tar.add("huge.json".utf8, Array("{".utf8) + [UInt8](repeating: 0x20, count: 5 << 20))
                tar.add("link".utf8, type: "2", link: "manifest.json".utf8)
            })
        let files = try stream.files()
        #expect(try Self.read("manifest.json", in: files) == Array("[1]".utf8))
        #expect(try Self.read("link", in: files) == Array("[1]".utf8))
        #expect(stream.begun.withLock(\.self) == 1)
        #expect(try files.open("huge.json").readAll(limit: 8 << 20).count == 5 << 20 + 1)
        #expect(stream.begun.withLock(\.self) == 2)
    }

    @Test("documents are kept only as far as there is room, and found all the same")
    func manyDocuments() throws {
        let document = Array("{".utf8) + [UInt8](repeating: 0x20, count: 3 << 20)
        let stream = Stream(
            Self.archive([]) { tar in for index in 0..<7 { tar.add("\(index)".utf8, document) } })
        let files = try stream.files()
        for index in 0..<7 {
            #expect(try files.open("\(index)").readAll(limit: 8 << 20).count == document.count)
        }
        #expect(stream.begun.withLock(\.self) == 2)
    }

    @Test("a stream that is another one when it is read again is an error, not another file's bytes")
    func changed() throws {
        let swapped = Self.archive(["a", "c", "b", "d"])
        let files = try Stream(Self.archive(Self.names), swapped).files()
        #expect(throws: ImageError(.unreadable, at: "stream: b", "")) { try Self.read("b", in: files) }
        let shorter = try Stream(Self.archive(Self.names), Self.archive(["a"])).files()
        #expect(throws: ImageError(.truncated, at: "stream: b", "")) { try Self.read("b", in: shorter) }
    }

    @Test("a stream that breaks off says so each time, and what comes before the break is read")
    func broken() throws {
        let whole = Self.archive(Self.names)
        let files = try Stream(whole, Array(whole.prefix(700_000))).files()
        #expect(throws: ArchiveError.self) { try Self.read("c", in: files) }
        #expect(throws: ImageError(.truncated, at: "stream: d", "")) { try Self.read("d", in: files) }
        #expect(try Self.read("a", in: files) == Self.content("a"))
    }

    @Test("an archive that would be read without end is given up")
    func endless() throws {
        let files = try Stream(Self.archive(["a"])).files()
        #expect(throws: ImageError(.tooLarge, at: "stream: a", "")) {
            for _ in 0..<1_000 { _ = try files.open("a") }
        }
    }
}
