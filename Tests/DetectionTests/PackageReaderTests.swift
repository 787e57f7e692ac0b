import Cryptography
import Detection
import Model
import Testing

@Suite struct PackageReaderTests {
    private static let content = Array("what the package brought\n".utf8)
    private static let digests = ContentDigests(of: content.span)

    private static func hex(_ bytes: [UInt8]) -> String { Hex.string(bytes) }

    private static func records(_ files: [(path: String, text: String)], piece: Int = .max) -> PackageRecords
    {
        let reader = PackageReader()
        for file in files {
            guard reader.begin(EntryPath(file.path)) else { continue }
            let bytes = Array(file.text.utf8)
            var start = 0
            while start < bytes.count {
                let end = start + min(piece, bytes.count - start)
                // Windows overlap: each begins before the end of the one before.
                let first = max(0, start - 3)
                reader.read(bytes[first..<end].span, at: first)
                start = end
            }
            reader.end()
        }
        return reader.finish()
    }

    private static func status(_ maintainer: String, name: String = "tool") -> String {
        """
        Package: other
        Version: 9
        Maintainer: Somebody <x@example.com>

        Package: \(name)
        Status: install ok installed
        Maintainer: \(maintainer)
        Architecture: amd64
        Description: a tool
         that does things
        Version: 1.2-3

        """
    }

    private static let team = "Debian Tools <pkg-tools@lists.alioth.debian.org>"
    private static var sums: String { "\(hex(digests.md5))  usr/share/tool/test.key\n" }

    private static func apk(maintainer: String, sum: String) -> String {
        """
        C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
        P:tool
        V:1.2-r3
        o:tool
        m:\(maintainer)
        c:0123456789abcdef0123456789abcdef01234567
        F:usr
        F:usr/share/tool
        R:empty
        R:test.key
        a:0:0:644
        Z:\(sum)

        P:next
        V:1

        """
    }

    @Test(
        "dpkg's checksums and status together tell whose a file is, in whatever pieces and order they come",
        arguments: [Int.max, 1, 7, 64], [false, true])
    func dpkg(piece: Int, isReversed: Bool) throws {
        let files = [
            ("var/lib/dpkg/info/tool:amd64.md5sums", Self.sums),
            ("var/lib/dpkg/status", Self.status(Self.team)),
        ]
        let records = Self.records(isReversed ? files.reversed() : files, piece: piece)
        let owner = try #require(records.owner(of: EntryPath("usr/share/tool/test.key"), Self.digests))
        #expect(owner.name == "tool")
        #expect(owner.version == "1.2-3")
        #expect(owner.database == .dpkg)
        #expect(records.owner(of: EntryPath("usr/share/tool/other.key"), Self.digests) == nil)
        let changed = ContentDigests(of: (Self.content + [10]).span)
        #expect(records.owner(of: EntryPath("usr/share/tool/test.key"), changed) == nil)
    }

    @Test("an image without dpkg has a package's stanza and checksums side by side")
    func distroless() throws {
        let stanza = "Package: tool-base\nVersion: 4\nMaintainer: \(Self.team)"
        let records = Self.records([
            ("var/lib/dpkg/status.d/tool", stanza), ("var/lib/dpkg/status.d/tool.md5sums", Self.sums),
        ])
        let owner = try #require(records.owner(of: EntryPath("usr/share/tool/test.key"), Self.digests))
        #expect(owner.name == "tool-base")
        #expect(owner.version == "4")
    }

    @Test(
        "only packages that name a distribution as their maintainer have records",
        arguments: [
            ("Debian Tools <pkg-tools@lists.alioth.debian.org>", true),
            ("A Person <person@debian.org>", true),
            ("Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>", true),
            ("Our Team <team@example.com>", false), ("Debian <root@debian.org.example.com>", false),
            ("Debian <root@notdebian.org>", false), ("debian.org", false), ("", false),
        ])
    func maintainers(maintainer: String, counts: Bool) {
        let records = Self.records([
            ("var/lib/dpkg/info/tool.md5sums", Self.sums), ("var/lib/dpkg/status", Self.status(maintainer)),
        ])
        #expect(records.isEmpty != counts)
    }

    @Test("a file is the same with and without usr/ where the folders are merged", arguments: [true, false])
    func merged(isRecordedMerged: Bool) {
        let paths = ["lib/x86/libtool.so", "usr/lib/x86/libtool.so"]
        let sums = "\(Self.hex(Self.digests.md5))  \(paths[isRecordedMerged ? 1 : 0])\n"
        let records = Self.records([
            ("var/lib/dpkg/info/tool.md5sums", sums), ("var/lib/dpkg/status", Self.status(Self.team)),
        ])
        #expect(records.owner(of: EntryPath(paths[isRecordedMerged ? 0 : 1]), Self.digests) != nil)
        #expect(records.owner(of: EntryPath("opt/lib/x86/libtool.so"), Self.digests) == nil)
    }

    @Test(
        "apk's database tells whose a file is, by SHA-1 and by SHA-256",
        arguments: ["lib/apk/db/installed", "usr/lib/apk/db/installed"], [1, 2])
    func apk(path: String, form: Int) throws {
        let sum = form == 1 ? Self.digests.sha1 : Self.digests.sha256
        let text = Self.apk(
            maintainer: "A Person <person@alpinelinux.org>", sum: "Q\(form)" + Base64.encode(sum))
        let records = Self.records([(path, text)], piece: 11)
        let owner = try #require(records.owner(of: EntryPath("usr/share/tool/test.key"), Self.digests))
        #expect(owner.database == .apk)
        #expect(owner.version == "1.2-r3")
        #expect(owner.vouching == .named)
    }

    @Test("a package that only was built as Alpine builds its own says so")
    func built() throws {
        let text = Self.apk(
            maintainer: "A Person <person@example.org>", sum: "Q1" + Base64.encode(Self.digests.sha1))
        let records = Self.records([("lib/apk/db/installed", text)])
        let owner = try #require(records.owner(of: EntryPath("usr/share/tool/test.key"), Self.digests))
        #expect(owner.vouching == .built)
    }

    @Test(
        "what is no database in good order has no records, and does no harm",
        arguments: [
            "", "\n\n", "Z:Q1\n", "R:\nZ:Q1AAAA\n", "F:usr\nR:a\nZ:Q1!!!!\nZ:Q9AAAA\n", "\0\0\0",
            "P:\nF:\nR:a",
            String(repeating: "a", count: 100_000), "0123456789abcdef0123456789abcdef  ",
            "0123456789abcdef0123456789abcdeX  usr/a\n",
        ])
    func hostile(text: String) {
        let files = ["lib/apk/db/installed", "var/lib/dpkg/status", "var/lib/dpkg/info/a.md5sums"]
        for piece in [Int.max, 1] {
            #expect(Self.records(files.map { ($0, text) }, piece: piece).isEmpty)
        }
    }

    @Test(
        "no other file is read",
        arguments: ["", "var", "usr/lib/a", "var/lib/dpkg/info/a.list", "lib/apk/db"])
    func others(path: String) {
        #expect(!PackageReader().begin(EntryPath(path)))
    }

    /// A package as rpm stores it: tags with the number of values and their bytes.
    static func header(
        vendor: String, digest: [UInt8], flags: UInt8 = 0, folder: String = "/usr/share/tool/"
    ) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] {
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        }
        func text(_ value: String) -> [UInt8] { Array(value.utf8) + [0] }
        let tags: [(tag: Int, type: Int, count: Int, bytes: [UInt8])] = [
            (1000, 6, 1, text("tool")), (1001, 6, 1, text("1.2")), (1002, 6, 1, text("3")),
            (1011, 6, 1, text(vendor)), (1035, 8, 2, text("") + text(hex(digest))),
            (1037, 4, 2, [0, 0, 0, 0, 0, 0, 0, flags]), (1116, 4, 2, number(0) + number(1)),
            (1117, 8, 2, text("tool") + text("test.key")),
            (1118, 8, 2, text("/usr/bin/") + text(folder)),
        ]
        var index: [UInt8] = []
        var data: [UInt8] = []
        for tag in tags {
            index += number(tag.tag) + number(tag.type) + number(data.count) + number(tag.count)
            data += tag.bytes
        }
        return number(tags.count) + number(data.count) + index + data
    }

    @Test("rpm's header tells whose a file is, by any of its checksums")
    func rpm() throws {
        for digest in [Self.digests.md5, Self.digests.sha1, Self.digests.sha256] {
            let reader = PackageReader()
            reader.addRPM(header: Self.header(vendor: "Fedora Project", digest: digest).span)
            let owner = try #require(
                reader.finish().owner(of: EntryPath("usr/share/tool/test.key"), Self.digests))
            #expect(owner.database == .rpm)
            #expect(owner.version == "1.2-3")
            #expect(owner.vouching == .named)
        }
    }

    @Test(
        "a vendor is known by the whole name, with or without an address behind it",
        arguments: [
            ("SUSE LLC <https://www.suse.com/>", true), ("Rocky Enterprise Software Foundation", true),
            ("Rocky", true), ("Rocky Road Software", false), ("CentOS-Repackaged Ltd", false),
            ("Example, Inc.", false), ("", false),
        ])
    func vendors(vendor: String, counts: Bool) {
        let reader = PackageReader()
        reader.addRPM(header: Self.header(vendor: vendor, digest: Self.digests.sha256).span)
        #expect(reader.finish().isEmpty != counts)
    }

    @Test("a file in a folder with a longer name than a file system has is in no record")
    func longFolder() {
        for (count, counts) in [(4000, true), (5000, false)] {
            let reader = PackageReader()
            let folder = "/usr/" + String(repeating: "a", count: count) + "/"
            let header = Self.header(vendor: "Fedora Project", digest: Self.digests.sha256, folder: folder)
            reader.addRPM(header: header.span)
            #expect(reader.finish().isEmpty != counts)
        }
    }

    @Test("what is kept of the records weighs what it holds, the packages' names and versions included")
    func weight() {
        func weight(_ maintainer: String) -> Int {
            Self.records([
                ("var/lib/dpkg/status", Self.status(maintainer)),
                ("var/lib/dpkg/info/tool.md5sums", Self.sums),
            ]).weight
        }
        #expect(weight(Self.team) > 120 + "tool1.2-3".utf8.count)
        #expect(weight("Us <us@example.com>") == 0)
    }

    @Test("a file of rpm's that is there to be changed has no record")
    func rpmDoubt() {
        let reader = PackageReader()
        reader.addRPM(
            header: Self.header(vendor: "Fedora Project", digest: Self.digests.sha256, flags: 1).span)
        #expect(reader.finish().isEmpty)
    }

    @Test("a header of rpm that is cut or says false numbers does no harm")
    func rpmHostile() {
        let header = Self.header(vendor: "Fedora Project", digest: Self.digests.sha256)
        let reader = PackageReader()
        for length in 0..<header.count { reader.addRPM(header: Array(header.prefix(length)).span) }
        for position in header.indices {
            for value in [0, 0x7f, 0xff] as [UInt8] {
                var damaged = header
                damaged[position] = value
                reader.addRPM(header: damaged.span)
            }
        }
        _ = reader.finish()
    }
}
