import Cryptography
import Detection
import Model
import TestSupport
import Testing

/// What holds rpm's headers in the forms that are no SQLite database.
struct RPMContainerTests {
    private static let digests = ContentDigests(of: Array("what the package brought\n".utf8).span)

    /// So long that a header takes three pages.
    private static let folder = "usr/share/" + String(repeating: "a", count: 900) + "/tool"

    /// Of as many packages, each with a file of its own.
    private static func headers(_ count: Int) -> [[UInt8]] {
        (0..<count).map { index in
            PackageReaderTests.header(
                vendor: "Fedora Project", digest: digests.sha256, folder: "/\(folder)\(index)/")
        }
    }

    /// Which of the packages' files are in the records of the database at `path`.
    private static func owned(
        _ file: [UInt8], at path: String, piece: Int = .max, memory: Int? = nil
    ) -> [Int] {
        let reader = PackageReader()
        #expect(reader.begin(EntryPath(path)))
        if let memory { reader.allow(memory) }
        var start = 0
        while start < file.count {
            let end = start + min(piece, file.count - start)
            // Windows overlap: each begins before the end of the one before.
            let first = max(0, start - 3)
            reader.read(file[first..<end].span, at: first)
            start = end
        }
        reader.end()
        let records = reader.finish()
        return (0..<10).filter {
            records.owner(of: EntryPath("\(folder)\($0)/test.key"), digests) != nil
        }
    }

    private static let ndbPath = "usr/lib/sysimage/rpm/Packages.db"
    private static let berkeleyPath = "var/lib/rpm/Packages"

    /// A file of pages of 512 bytes; `chains` says of each header on which pages it lies, in order.
    private static func berkeley(
        _ headers: [[UInt8]], _ chains: [[Int]], isBigEndian: Bool = false,
        edit: (inout [Int: (before: Int, behind: Int)]) -> Void = { _ in }
    ) -> [UInt8] {
        func number(_ value: Int, _ count: Int = 4) -> [UInt8] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            return isBigEndian ? bytes.reversed() : bytes
        }
        var pages: [Int: (content: [UInt8], kind: UInt8)] = [:]
        var links: [Int: (before: Int, behind: Int)] = [:]
        for (header, chain) in zip(headers, chains) {
            for (step, page) in chain.enumerated() {
                let start = min(header.count, 486 * step)
                let end = step == chain.count - 1 ? header.count : min(header.count, start + 486)
                pages[page] = (Array(header[start..<end]), 7)
                links[page] = (
                    step == 0 ? 0 : chain[step - 1], step == chain.count - 1 ? 0 : chain[step + 1]
                )
            }
        }
        edit(&links)
        var file = Array(repeating: 0 as UInt8, count: 12) + number(0x61561) + number(9) + number(512)
        file += Array(repeating: 0, count: 512 - file.count)
        for page in 1...(pages.keys.max() ?? 1) {
            let (content, kind) = pages[page] ?? ([], 13)
            let link = links[page] ?? (0, 0)
            file += Array(repeating: 0, count: 8) + number(page) + number(link.before) + number(link.behind)
            file += number(1, 2) + number(content.count, 2) + [0, kind] + content
            file += Array(repeating: 0x5a, count: 486 - content.count)
        }
        return file
    }

    @Test(
        "the blobs of Packages.db are found by its slots, in whatever pieces they come",
        arguments: [Int.max, 1, 7, 4096, 5000])
    func ndb(piece: Int) {
        #expect(Self.owned(NdbFile.bytes(of: Self.headers(3)), at: Self.ndbPath, piece: piece) == [0, 1, 2])
    }

    @Test("slots that lie, and blobs across others, cost their own package at most")
    func ndbSlots() {
        let headers = Self.headers(3)
        let edits: [(owned: [Int], edit: (inout [(package: Int, start: Int, length: Int)]) -> Void)] = [
            ([1, 2], { $0[0].start = 1 }), ([1, 2], { $0[0].start = 0 }),
            ([1, 2], { $0[0].start = 0xffff_ffff }), ([1, 2], { $0[0].length = 0xffff_ffff }),
            ([1, 2], { $0[0].length = 1 }), ([1, 2], { $0[0].package = 9 }),
            ([0, 1, 2], { $0.append($0[0]) }), ([1, 2], { $0[0].start = $0[1].start + 1 }),
        ]
        for (owned, edit) in edits {
            #expect(Self.owned(NdbFile.bytes(of: headers, edit: edit), at: Self.ndbPath) == owned)
        }
    }

    @Test(
        "a value of a Berkeley DB is followed over its pages, wherever they lie, whichever end is first",
        arguments: [Int.max, 1, 511, 512, 1000], [false, true])
    func berkeley(piece: Int, isBigEndian: Bool) {
        let chains = [[2, 3, 4], [9, 8, 7], [5, 12, 6], [11, 10, 13]]
        let file = Self.berkeley(Self.headers(4), chains, isBigEndian: isBigEndian)
        #expect(Self.owned(file, at: Self.berkeleyPath, piece: piece) == [0, 1, 2, 3])
    }

    @Test("pages that point in circles, at each other or nowhere cost their own value at most")
    func berkeleyLinks() {
        let edits: [(owned: [Int], edit: (inout [Int: (before: Int, behind: Int)]) -> Void)] = [
            ([1], { $0[3]?.behind = 2 }), ([1], { $0[3]?.behind = 3 }), ([1], { $0[4]?.behind = 2 }),
            ([1], { $0[3]?.behind = 6 }), ([1], { $0[4]?.behind = 4_000_000_000 }),
            ([1], { $0[3]?.before = 3 }), ([1], { $0[2]?.before = 4 }),
            ([1], { $0[4]?.before = 0x7fff_ffff }),
            ([1], { $0[3]?.behind = 0 }),
        ]
        for (index, (owned, edit)) in edits.enumerated() {
            let file = Self.berkeley(Self.headers(2), [[2, 3, 4], [5, 6, 7]], edit: edit)
            #expect(Self.owned(file, at: Self.berkeleyPath) == owned, "edit \(index)")
        }
    }

    @Test("more pages without an end than are kept are let go, and what comes behind them is read")
    func berkeleyEndless() {
        let count = 4_000
        let long = Array(repeating: 0xaa as UInt8, count: 486 * count)
        let chain = Array(1...count)
        let headers = [long] + Self.headers(1)
        // One value without an end, and pages that all wait for one that never comes.
        let edits: [(inout [Int: (before: Int, behind: Int)]) -> Void] = [
            { $0[count]?.behind = count + 100 },
            { links in for page in chain { links[page] = (count + 100, 0) } },
        ]
        for edit in edits {
            let file = Self.berkeley(headers, [chain, [count + 1, count + 2, count + 3]], edit: edit)
            #expect(Self.owned(file, at: Self.berkeleyPath, memory: 1 << 20) == [0])
        }
        let crossing = Self.berkeley(Self.headers(2), [[1, 4, 6], [2, 3, 5]])
        #expect(Self.owned(crossing, at: Self.berkeleyPath, memory: 5 * 512) == [0, 1])
        #expect(Self.owned(crossing, at: Self.berkeleyPath, memory: 2 * 512).count < 2)
    }

    @Test("a database that is cut or damaged anywhere does no harm", arguments: [ndbPath, berkeleyPath])
    func hostile(path: String) {
        let headers = Self.headers(2)
        let file =
            path == Self.ndbPath
            ? NdbFile.bytes(of: headers) : Self.berkeley(headers, [[2, 1, 3], [4, 6, 5]])
        for length in stride(from: 0, to: file.count, by: 5) {
            _ = Self.owned(Array(file.prefix(length)), at: path)
        }
        // The numbers of both formats stand in the first bytes of pages, blobs and the file.
        let places = (0..<600).map { $0 } + (4096..<4130).map { $0 }
        for place in places where place < file.count {
            for value in [0, 0x7f, 0xff] as [UInt8] {
                var damaged = file
                damaged[place] = value
                _ = Self.owned(damaged, at: path)
            }
        }
    }

    @Test(
        "only in rpm's folders is a file of that name its database",
        arguments: [
            "usr/Packages", "var/lib/rpm/Packages/a", "var/lib/rpm/Name", "usr/lib/sysimage/rpm/Index.db",
        ])
    func others(path: String) {
        #expect(!PackageReader().begin(EntryPath(path)))
    }
}
