import Archives
import ImageWriting
import Model
import TestSupport
import Testing

@testable import ImageReading
@testable import Pipeline

/// Tar streams in which engines, which read them with Go's library, find something else than others do.
struct OtherwiseReadTarTests {
    private static let accounts = Array("root:x:0:0:root:/root:/bin/sh\ntoor::0:0::/root:/bin/sh\n".utf8)

    private struct Case: Sendable {
        let what: String
        let bytes: [UInt8]

        init(_ what: String, _ build: (inout RawTar) -> Void) {
            var tar = RawTar()
            tar.add("first".utf8, Array("nothing".utf8))
            build(&tar)
            tar.add("last".utf8, Array("nothing".utf8))
            tar.end()
            self.what = what
            bytes = tar.bytes
        }
    }

    /// A whole entry, to be the content of another.
    private static let inner: [UInt8] = {
        var tar = RawTar()
        tar.add("etc/passwd".utf8, accounts)
        return tar.bytes
    }()
    private static let innerSize = Array(String(inner.count).utf8)
    private static let comment = [(key: "comment", value: Array("hello".utf8))]

    private static let refused: [Case] =
        [
            Case("name of a sparse file that is none") {
                $0.add(pax: [("GNU.sparse.name", Array("tmp/x".utf8))], "etc/passwd", accounts)
            },
            Case("name before a global header") {
                $0.add(records: [("path", Array("tmp/x".utf8))])
                $0.add(records: comment, type: "g")
                $0.add("etc/passwd".utf8, accounts)
            },
            Case("GNU name before a global header") {
                $0.add("././@LongLink".utf8, Array("tmp/x\0".utf8), type: "L", mark: "ustar  ")
                $0.add(records: comment, type: "g")
                $0.add("etc/passwd".utf8, accounts)
            },
            Case("size before a global header") {
                $0.add(records: [("size", innerSize)])
                $0.add(records: comment, type: "g")
                $0.add("tmp/x".utf8)
                $0.append(inner)
            },
            Case("hard link with a size") {
                $0.add(records: comment)
                $0.add("tmp/x".utf8, type: "1", link: "first".utf8, claimedSize: inner.count)
                $0.append(inner)
            },
            Case("permissions behind a zero") {
                $0.add("bin/su".utf8, [1], rawMode: [0] + Array("04755 ".utf8))
            },
            Case("capabilities that stand there twice") {
                $0.add(
                    pax: [
                        (
                            "SCHILY.xattr.security.capability",
                            [1, 0, 0, 2] + [UInt8](repeating: 0, count: 16)
                        ),
                        (
                            "SCHILY.xattr.security.capability",
                            [1, 0, 0, 2, 0, 32] + [UInt8](repeating: 0, count: 14)
                        ),
                    ], "bin/ping", [1])
            },
            Case("mark of no known form") {
                $0.add("etc/passwd".utf8, accounts, prefix: "tmp", mark: "ustarxyz")
            },
            Case("GNU's mark before a prefix") {
                $0.add("passwd".utf8, accounts, prefix: "etc", mark: "ustar  ")
            },
            Case("prefix of star's length") {
                let prefix = String(repeating: "./", count: 64) + "etc"
                let times = "00000000000 00000000000 "
                $0.add("passwd".utf8, accounts, prefix: prefix + times, trailer: "tar\u{0}")
            },
        ]
        + "123456".map { type in
            Case("size of kind \(type)") {
                $0.add(records: [("size", innerSize)])
                $0.add("tmp/x".utf8, type: type, link: "first".utf8)
                $0.append(inner)
            }
        }

    private static let usual: [Case] = [
        Case("every kind") {
            for type in "0123456" { $0.add("x\(type)".utf8, type: type, link: "first".utf8) }
            $0.add("folder/".utf8, type: "5")
        },
        Case("PAX and GNU names") {
            $0.add(records: comment, type: "g")
            $0.add(pax: [("path", Array("srv/\u{fc}\u{e9}".utf8)), ("mtime", Array("1.5".utf8))], "cut", [1])
            $0.add(pax: [("path", [0x61, 0xff])], "cut", [1])
            $0.add(pax: [("linkpath", Array("first".utf8))], "link", type: "2", link: "cut")
            $0.add(pax: [("size", Array("3".utf8))], "file", [1, 2, 3])
            let long = Array(repeating: "0123456789", count: 12).joined(separator: "/")
            $0.add("././@LongLink".utf8, Array("\(long)\0".utf8), type: "L", mark: "ustar  ")
            $0.add("././@LongLink".utf8, Array("first\0".utf8), type: "K", mark: "ustar  ")
            $0.add(long.utf8.prefix(100), type: "2", link: "f".utf8, mark: "ustar  ")
        },
        Case("prefixes") {
            $0.add("x".utf8, [1], prefix: "srv/deep")
            $0.add("y".utf8, [1], prefix: "srv", trailer: "tar\u{0}")
            $0.add("z".utf8, [1], mark: "")
        },
        Case("links whose targets are no ASCII") {
            let target = [("linkpath", Array("日本".utf8))]
            $0.add(pax: target, "link", type: "2", link: "")
            $0.add(pax: [("path", Array("日本".utf8))], "x", [1])
            $0.add(pax: target, "hard", type: "1", link: "")
            $0.add("again".utf8, type: "2", link: "a".utf8)
            $0.add(pax: target, "other", type: "1", link: "")
        },
        Case("a hard link whose target is no ASCII, before any other link") {
            $0.add(pax: [("path", Array("日本".utf8))], "x", [1])
            $0.add(pax: [("linkpath", Array("日本".utf8))], "hard", type: "1", link: "")
        },
        Case("a sparse file of a known version") {
            let map = Array("1\n0\n3\n".utf8) + [UInt8](repeating: 0, count: 505)
            $0.add(
                pax: [
                    ("GNU.sparse.major", Array("1".utf8)), ("GNU.sparse.minor", Array("0".utf8)),
                    ("GNU.sparse.name", Array("srv/holes".utf8)), ("GNU.sparse.realsize", Array("9000".utf8)),
                ], "srv/GNUSparseFile.1/holes", map + [1, 2, 3])
        },
    ]

    private static func gaps(_ tar: [UInt8]) async throws -> [Gap] {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(
            raw: RawLayer(
                blob: tar, mediaType: "application/vnd.oci.image.layer.v1.tar", diffID: Samples.digest(tar)),
            createdBy: "COPY . /")
        return try await Samples.evidence(of: image).gaps
    }

    @Test("what engines read otherwise withholds a pass", arguments: refused.indices)
    func refuses(index: Int) async throws {
        let gaps = try await Self.gaps(Self.refused[index].bytes)
        #expect(gaps.contains { $0.reason == .malformedLayer }, "\(Self.refused[index].what)")
    }

    @Test("what honest writers write is no gap", arguments: usual.indices)
    func passes(index: Int) async throws {
        let gaps = try await Self.gaps(Self.usual[index].bytes)
        #expect(gaps.isEmpty, "\(Self.usual[index].what): \(gaps)")
    }

    @Test("a tar file of an image is refused where engines read it otherwise", arguments: [true, false])
    func outer(canJump: Bool) throws {
        for sample in Self.usual {
            _ = try ArchiveIndex.read(MemoryByteSource(sample.bytes), canJump: canJump, at: "a.tar")
        }
        for sample in Self.refused {
            let error = #expect(throws: ArchiveError.self, "\(sample.what)") {
                try ArchiveIndex.read(MemoryByteSource(sample.bytes), canJump: canJump, at: "a.tar")
            }
            #expect(error?.code == .malformed)
        }
    }

    @Test("of a file whose content is passed over the next header is still seen", arguments: [true, false])
    func largeMembers(canJump: Bool) throws {
        var tar = RawTar()
        tar.add("a".utf8, Samples.filler(5 << 20))
        tar.add("b".utf8, Samples.filler(100_000))
        tar.add(pax: [("GNU.sparse.name", Array("other".utf8))], "manifest.json", [1])
        tar.end()
        let bytes = tar.bytes
        #expect(throws: ArchiveError.self) {
            try ArchiveIndex.read(MemoryByteSource(bytes), canJump: canJump, at: "a.tar")
        }
    }
}
