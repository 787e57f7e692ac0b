import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Repositories that Git itself made, and packs that it would not have made.
struct GitRepositoryTests {
    /// A repository under construction.
    private struct Repository {
        let folder: ScratchFolder

        init() throws {
            folder = try ScratchFolder()
            try git("init", "-q")
        }

        func git(_ arguments: String...) throws {
            let settings = ["user.name=a", "user.email=a@corp.com", "commit.gpgsign=false"].flatMap {
                ["-c", $0]
            }
            _ = try ProgramRunner.output(of: "git", settings + arguments, in: folder.path)
        }

        func commit(_ files: (name: String, content: String)...) throws {
            for file in files { try folder.write(file.content, to: file.name) }
            try git("add", "-A")
            try git("commit", "-q", "-m", "change of \(files.map(\.name).joined(separator: " "))")
        }

        func pack() throws -> (path: String, bytes: [UInt8]) {
            try git("gc", "-q", "--prune=now")
            let name = try #require(
                try folder.names(in: ".git/objects/pack").first { $0.hasSuffix(".pack") })
            let path = ".git/objects/pack/\(name)"
            return (path, try folder.read(path))
        }
    }

    /// Lines that another version of the file shares, so that Git stores it as a change.
    private static func lines(_ count: Int, seed: UInt64 = 1) -> String {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in "line \(UInt32.random(in: 0...UInt32.max, using: &random))\n" }.joined()
    }

    @Test("a secret that was committed and taken out again is found in the pack, with the path it had")
    func removed() throws {
        let repository = try Repository()
        try repository.commit(
            ("src/deep/app.env", Self.lines(300) + "KEY=\(Samples.token())\n" + Self.lines(9)))
        try repository.commit(("src/deep/app.env", Self.lines(300) + Self.lines(9)))
        let pack = try repository.pack()
        let result = try Samples.inspect(pack.bytes, at: "app/" + pack.path)
        #expect(result.gaps.isEmpty, "\(result.gaps)")
        let finding = try #require(result.findings.first)
        #expect(result.findings.count == 1)
        #expect(finding.place.line == 301)
        let blob = try ProgramRunner.output(
            of: "git", ["rev-parse", "HEAD~1:src/deep/app.env"], in: repository.folder.path)
        let name = String(decoding: blob, as: UTF8.self).split(separator: "\n").first ?? ""
        let step = try #require(finding.place.within.first)
        #expect(step.hasPrefix("object at byte ") && step.hasSuffix("/src/deep/app.env"))
        #expect(!step.contains(name), "who guesses the content could prove it by its hash")
    }

    @Test("an object in a file of its own is found by its name")
    func loose() throws {
        let repository = try Repository()
        try repository.commit(("a.txt", "a key: \(Samples.token())\n"))
        let name = try ProgramRunner.output(
            of: "git", ["rev-parse", "HEAD:a.txt"], in: repository.folder.path)
        let id = String(decoding: name, as: UTF8.self).split(separator: "\n").first ?? ""
        let path = ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
        let result = try Samples.inspect(try repository.folder.read(path), at: "srv/" + path)
        #expect(result.findings.map(\.place.within) == [["blob object"]])
        #expect(result.findings.map(\.place.offset) == [7])
        #expect(result.gaps.isEmpty)
    }

    @Test("an object in a file of its own that is cut off or changed withholds a pass, and is searched")
    func looseDamaged() throws {
        let repository = try Repository()
        try repository.commit(("a.txt", "a key: \(Samples.token())\n" + Self.lines(50)))
        let name = try ProgramRunner.output(
            of: "git", ["rev-parse", "HEAD:a.txt"], in: repository.folder.path)
        let id = String(decoding: name, as: UTF8.self).split(separator: "\n").first ?? ""
        let path = ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
        let whole = try repository.folder.read(path)
        for count in [20, whole.count / 2, whole.count - 5, whole.count - 1] {
            for place in ["srv/" + path, "srv/copy"] where count > 20 || place != "srv/copy" {
                let result = try Samples.inspect(Array(whole.prefix(count)), at: place)
                #expect(result.gaps.contains { $0.reason.blocksPass }, "\(count) bytes at \(place)")
                #expect(result.findings.count == (count > 20 ? 1 : 0))
            }
        }
        var changed = whole
        changed[whole.count - 1] ^= 1
        #expect(try Samples.inspect(changed, at: "srv/copy").gaps.contains { $0.reason.blocksPass })
    }

    @Test("an object that all fits into what the decompressor takes at once is read to its end")
    func dense() throws {
        let repository = try Repository()
        for count in [4_000, 4_087, 4_088, 4_096, 6_000, 70_000] {
            let text = String(repeating: "a", count: count)
            let name = try ProgramRunner.output(
                of: "git", ["hash-object", "-w", "--stdin"], input: Array(text.utf8),
                in: repository.folder.path)
            let id = String(decoding: name, as: UTF8.self).split(separator: "\n").first ?? ""
            let path = ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
            let result = try Samples.inspect(try repository.folder.read(path), at: path)
            #expect(result.gaps.isEmpty, "\(count): \(result.gaps)")
        }
    }

    @Test("the pack in a bundle is found behind any number of names")
    func longBundle() throws {
        let repository = try Repository()
        try repository.commit(("a.txt", Self.lines(100) + "KEY=\(Samples.token())\n"))
        try repository.git("bundle", "create", "-q", "it.bundle", "--all")
        let bundle = try repository.folder.read("it.bundle")
        let start = 1 + (bundle.firstIndex(of: UInt8(ascii: "\n")) ?? 0)
        let names = (0..<40_000).flatMap { number in
            Array("0123456789abcdef0123456789abcdef01234567 refs/heads/\(number)\n".utf8)
        }
        let result = try Samples.inspect(Array(bundle[..<start] + names + bundle[start...]))
        #expect(result.findings.count == 1)
        #expect(result.gaps.isEmpty, "\(result.gaps)")
        let cut = try Samples.inspect(Array(bundle[..<start] + names))
        #expect(cut.reasons == [.unreadable])
    }

    @Test("variables of an environment are found in a repository that has no names for its objects")
    func environment() throws {
        let repository = try Repository()
        let secret = CredentialPlace.all.first?.secret(seed: 4) ?? ""
        try repository.commit((".env", "# settings\nDB_HOST=db\nDB_PASSWORD=\(secret)\n"))
        let name = try ProgramRunner.output(
            of: "git", ["rev-parse", "HEAD:.env"], in: repository.folder.path)
        let id = String(decoding: name, as: UTF8.self).split(separator: "\n").first ?? ""
        let path = ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
        let content = try repository.folder.read(path)
        let entry = FileEntry(
            path: EntryPath(path), kind: .file, size: content.count, mode: 0o644, owner: 0, group: 0)
        let found = try FileInspection(detectors: CredentialPlacesTests.detectors.get())
            .inspect(entry, content: MemoryByteSource(content)).findings
        #expect(found.map(\.place.within) == [["blob object/unnamed.env"]])
    }

    @Test("every version of a file with a secret of its own is told once, however long the history")
    func history() throws {
        let repository = try Repository()
        for version in 1...12 {
            let old = (1..<version).map { "KEY\($0)=\(Samples.token(UInt64($0)))\n" }.joined()
            try repository.commit(
                (
                    "conf.txt",
                    Self.lines(100) + old + "KEY=\(Samples.token(UInt64(version)))\n"
                        + Self.lines(50, seed: 2)
                ))
        }
        let pack = try repository.pack()
        let result = try Samples.inspect(pack.bytes)
        #expect(Set(result.findings.map(\.fingerprint)).count == 12)
        #expect(result.findings.count == 12)
        #expect(result.gaps.isEmpty, "\(result.gaps)")
    }

    @Test("messages of commits and tags, bundles, large files and archives in a repository are searched")
    func kinds() throws {
        let repository = try Repository()
        let zip = try Samples.archive(.zip, ("inner.txt", Array("KEY=\(Samples.token(4))".utf8)))
        try repository.folder.write(zip, to: "lib/it.jar")
        try repository.folder.write(
            Samples.filler(FileInspection.largestPart + 100) + Array("\nKEY=\(Samples.token(5))\n".utf8),
            to: "big.txt")
        try repository.commit(("a", "1"))
        try repository.git("commit", "-q", "--allow-empty", "-m", "why: \(Samples.token(2))")
        try repository.git("tag", "-a", "v1", "-m", "key \(Samples.token(3))")
        try repository.git("bundle", "create", "-q", "../it.bundle", "--all")
        let bundle = try ProgramRunner.output(
            of: "cat", ["../it.bundle"], in: repository.folder.path)
        for bytes in [try repository.pack().bytes, bundle] {
            let result = try Samples.inspect(bytes)
            let seeds: [UInt64] = [2, 3, 4, 5]
            let key = FingerprintKey(bytes: Array(repeating: 7, count: 32))
            let expected = seeds.map { key.fingerprint(of: Array(Samples.token($0).utf8).span) }
            #expect(Set(result.findings.compactMap(\.fingerprint)) == Set(expected))
            #expect(
                result.findings.contains { $0.place.within.last == "inner.txt" && $0.place.within.count == 2 }
            )
            #expect(result.gaps.isEmpty, "\(result.gaps)")
        }
        _ = try ProgramRunner.output(of: "rm", ["../it.bundle"], in: repository.folder.path)
    }

    @Test("a pack that is cut, or changed anywhere, is never taken for one that was read")
    func damaged() throws {
        let repository = try Repository()
        try repository.commit(
            ("a", Self.lines(400) + "KEY=\(Samples.token())\n"), ("b", Self.lines(100, seed: 3)))
        try repository.commit(("a", Self.lines(400)), ("c", Self.lines(400) + "more"))
        let whole = try repository.pack().bytes
        var random = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            var bytes = whole
            if Bool.random(using: &random) {
                bytes.removeLast(Int.random(in: 21..<bytes.count - 12, using: &random))
            } else {
                bytes[Int.random(in: 12..<bytes.count - 20, using: &random)] ^= UInt8.random(
                    in: 1...255, using: &random)
            }
            let result = try Samples.inspect(bytes)
            #expect(!result.gaps.isEmpty || result.findings.count == 1)
        }
    }

    @Test("a pack whose objects are changes to what it does not hold is a gap, what is new in them is seen")
    func thin() throws {
        let repository = try Repository()
        try repository.commit(("a", Self.lines(400)))
        try repository.commit(("a", Self.lines(400) + "KEY=\(Samples.token())\n"))
        let pack = try ProgramRunner.output(
            of: "git", ["pack-objects", "--thin", "--stdout", "--revs", "-q"],
            input: Array("HEAD\n^HEAD~1\n".utf8),
            in: repository.folder.path)
        let result = try Samples.inspect(pack)
        #expect(result.findings.count == 1)
        #expect(result.findings.first?.place.within.first?.hasPrefix("change at byte") == true)
        #expect(result.reasons == [.sizeLimit])
    }

    @Test("zlib streams end where they end, however the bytes come", arguments: [1, 2, 3, 7, 64, 1_000])
    func pieces(size: Int) throws {
        let repository = try Repository()
        for version in 0..<5 {
            try repository.commit(("a", Self.lines(40 * version + 1, seed: UInt64(version))))
        }
        let pack = try repository.pack().bytes
        let reader = try GitPackReader.open(PiecewiseSource(pack, size))
        var objects = 0
        while let header = try reader.next() {
            objects += 1
            #expect(try reader.drain() == header.size)
        }
        #expect(objects == 15)
    }

    @Test("an object that grows out of all proportion is given up")
    func bomb() throws {
        let repository = try Repository()
        try repository.folder.write([UInt8](repeating: 0, count: 70 << 20), to: "zeros")
        try repository.commit(("a", "1"))
        let result = try Samples.inspect(try repository.pack().bytes)
        #expect(result.reasons == [.ratioLimit])
    }
}

/// Hands out its bytes a few at a time.
private final class PiecewiseSource: ByteSource {
    private let bytes: [UInt8]
    private let size: Int
    private var position = 0

    init(_ bytes: [UInt8], _ size: Int) {
        self.bytes = bytes
        self.size = size
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        let count = min(size, buffer.count, bytes.count - position)
        for index in 0..<count { buffer[index] = bytes[position + index] }
        position += count
        return count
    }
}
