import Archives
import Detection
import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Secrets that stand beside the content of files: in names, links, attributes, and whatever else a tar header holds.
struct EntryTextTests {
    private static let secret = Samples.token(40)
    private static let value = Array(Samples.token(40).utf8)

    private struct Case: Sendable {
        let what: String
        let path: String
        let part: String
        let tar: [UInt8]
    }

    private static func tar(_ build: (inout RawTar) -> Void) -> [UInt8] {
        var tar = RawTar()
        tar.add("first".utf8, Array("nothing".utf8))
        build(&tar)
        tar.add("last".utf8, Array("nothing".utf8))
        tar.end()
        return tar.bytes
    }

    private static let cases: [Case] = [
        Case(
            what: "name", path: "/etc/\(secret)", part: "file name", tar: tar { $0.add("etc/\(secret)".utf8) }
        ),
        Case(
            what: "name in two fields", path: "/\(deep)/x-\(secret)", part: "file name",
            tar: tar { $0.add("x-\(secret)".utf8, prefix: deep) }),
        Case(
            what: "folder's name in the prefix field", path: "/\(deep)/\(secret)", part: "file name",
            tar: tar { $0.add("x".utf8, prefix: "\(deep)/\(secret)") }),
        Case(
            what: "GNU long name", path: "/\(deep)/\(secret)", part: "file name",
            tar: tar {
                $0.add("././@LongLink".utf8, Array("\(deep)/\(secret)\0".utf8), type: "L")
                $0.add("cut".utf8)
            }),
        Case(
            what: "GNU long link target", path: "/link", part: "link target",
            tar: tar {
                $0.add("././@LongLink".utf8, Array("\(deep)/\(secret)\0".utf8), type: "K")
                $0.add("link".utf8, type: "2", link: "cut".utf8)
            }),
        Case(
            what: "PAX path", path: "/srv/\(secret)", part: "file name",
            tar: tar { $0.add(pax: [("path", Array("srv/\(secret)".utf8))], "cut") }),
        Case(
            what: "symbolic link", path: "/link", part: "link target",
            tar: tar { $0.add("link".utf8, type: "2", link: "/run/\(secret)".utf8) }),
        Case(
            what: "bare link target, which follows a digit", path: "/link", part: "link target",
            tar: tar { $0.add("link".utf8, type: "2", link: secret.utf8) }),
        Case(
            what: "PAX link target", path: "/link", part: "link target",
            tar: tar { $0.add(pax: [("linkpath", value)], "link", type: "2", link: "cut") }),
        Case(
            what: "hard link to elsewhere", path: "/link", part: "link target",
            tar: tar { $0.add("link".utf8, type: "1", link: "lower/\(secret)".utf8) }),
        Case(
            what: "user name", path: "/file", part: "user name",
            tar: tar { $0.add("file".utf8, userName: secret) }),
        Case(
            what: "known PAX record", path: "/file", part: "PAX record uname",
            tar: tar { $0.add(pax: [("mtime", Array("1.5".utf8)), ("uname", value)], "file") }),
        Case(
            what: "unknown PAX record", path: "/file", part: "PAX record VENDOR.note",
            tar: tar { $0.add(pax: [("VENDOR.note", value)], "file", [1, 2, 3]) }),
        Case(
            what: "PAX comment", path: "/folder", part: "PAX record comment",
            tar: tar { $0.add(pax: [("comment", value)], "folder/", type: "5") }),
        Case(
            what: "global PAX header", path: "/file", part: "PAX record comment",
            tar: tar {
                $0.add(records: [("comment", value)], type: "g")
                $0.add("file".utf8)
            }),
        Case(
            what: "attribute", path: "/file", part: "extended attribute user.token",
            tar: tar { $0.add(pax: [("SCHILY.xattr.user.token", value)], "file") }),
        Case(
            what: "attribute in base64", path: "/file", part: "extended attribute user.token",
            tar: tar {
                let text = Data(value).base64EncodedString().replacing("=", with: "")
                $0.add(pax: [("LIBARCHIVE.xattr.user.token", Array(text.utf8))], "file")
            }),
        Case(
            what: "attribute of a link", path: "/link", part: "extended attribute trusted.x",
            tar: tar {
                $0.add(pax: [("SCHILY.xattr.trusted.x", [0, 1] + value + [0])], "link", type: "2", link: "x")
            }),
        Case(
            what: "padding", path: "/file", part: "tar padding",
            tar: tar { $0.add("file".utf8, [1], padding: [0] + value) }),
        Case(
            what: "padding of a PAX header", path: "/file", part: "tar header",
            tar: tar {
                $0.add("pax".utf8, Array("12 note=abc\n".utf8), type: "x", padding: [0] + value)
                $0.add("file".utf8, [1])
            }),
        Case(
            what: "body of a hard link", path: "/link", part: "",
            tar: tar { $0.add(pax: [("size", Array("24".utf8))], "link", value, type: "1", link: "first") }),
    ]

    private static let deep = Array(repeating: "0123456789", count: 9).joined(separator: "/")

    private static func evidence(_ tar: [UInt8], compression: LayerCompression = .none) async throws
        -> Evidence
    {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        let blob: [UInt8]
        switch compression {
        case .none: blob = tar
        case .gzip: blob = try Compressor.compress(tar, .gzip)
        case .zstd: blob = try Compressor.compress(tar, .zstd)
        }
        let suffix = compression == .none ? "" : "+\(compression.rawValue)"
        image.layer(
            raw: RawLayer(
                blob: blob, mediaType: "application/vnd.oci.image.layer.v1.tar" + suffix,
                diffID: Samples.digest(tar)), createdBy: "COPY . /")
        return try await Samples.evidence(of: image)
    }

    @Test(
        "a secret is found wherever in an entry it stands, and the layer is scanned whole",
        arguments: cases.indices)
    func places(index: Int) async throws {
        let sample = Self.cases[index]
        for compression in [LayerCompression.none, .gzip] {
            let evidence = try await Self.evidence(sample.tar, compression: compression)
            let finding = try #require(evidence.findings.first, "\(sample.what)")
            #expect(evidence.findings.count == 1, "\(sample.what)")
            #expect(finding.location.path?.description.contains(Self.secret) == false, "masked")
            #expect(
                finding.location.path?.description
                    == sample.path.replacing(Self.secret, with: "tok_… (24 characters)"), "\(sample.what)")
            #expect(finding.location.within == (sample.part.isEmpty ? [] : [sample.part]), "\(sample.what)")
            let layer = try #require(evidence.layers.first)
            #expect(layer.bytesScanned == layer.uncompressedSize && evidence.isBalanced, "\(sample.what)")
            #expect(try !Samples.json(evidence).contains(Self.secret), "\(sample.what)")
        }
    }

    @Test("inside an archive, compressed or not, the same is found", arguments: cases.indices)
    func nested(index: Int) throws {
        let sample = Self.cases[index]
        for method in [nil, Compressor.Method.gzip, .zstd] {
            let bytes = try method.map { try Compressor.compress(sample.tar, $0) } ?? sample.tar
            let result = try Samples.inspect(bytes, at: "srv/backup.tar")
            let finding = try #require(result.findings.first, "\(sample.what)")
            #expect(result.findings.count == 1, "\(sample.what)")
            #expect(result.gaps.isEmpty, "\(sample.what): \(result.gaps)")
            let isPadding = sample.part == "tar padding"
            let steps = (isPadding ? [] : [String(sample.path.dropFirst())]) + [sample.part]
            #expect(finding.place.within == steps.filter { !$0.isEmpty }, "\(sample.what)")
        }
    }

    @Test("the name of a zip's member is searched, also where the zip is compressed once more")
    func zipNames() throws {
        let zip = try Samples.archive(.zip, ("conf/\(Self.secret)/a", [1]), ("conf/\(Self.secret)/b", [2]))
        let name = ["conf/\(Self.secret)", "file name"]
        #expect(try Samples.inspect(zip, at: "a.zip").findings.map(\.place.within) == [name])
        let packed = try Compressor.compress(zip, .gzip)
        #expect(
            try Samples.inspect(packed, at: "a.zip.gz").findings.map(\.place.within) == [["a.zip"] + name])
    }

    @Test("a folder's name is told once, at the folder, however many files lie in it and link there")
    func folder() async throws {
        var layer = LayerBuilder()
        layer.folder(StoredName("srv/\(Self.secret)"))
        for index in 0..<50 { layer.file(StoredName("srv/\(Self.secret)/sub/file\(index)"), "x") }
        layer.hardLink("alias", to: StoredName("srv/\(Self.secret)/sub/file1"))
        let evidence = try await Self.evidence(try layer.tar())
        #expect(evidence.findings.count == 1)
        #expect(evidence.findings.first?.location.path?.description == "/srv/tok_… (24 characters)")
    }

    @Test(
        "a secret that only its surroundings tell is masked in names that repeat it, but a plain word is not",
        arguments: [
            ("q7ZkL2wvRt9BxYp4", "srv/q7ZkL2wvRt9BxYp4.conf", "/srv/… (16 characters).conf"),
            ("q7ZkL2wvRt9BxYp4", "srv/app-q7ZkL2wvRt9BxYp4/app.conf", "/srv/app-… (16 characters)/app.conf"),
            ("harbourlights", "srv/harbourlights/app.conf", "/srv/harbourlights/app.conf"),
            ("db2", "srv/db2/app.conf", "/srv/db2/app.conf"),
        ])
    func repeated(secret: String, path: String, shown: String) async throws {
        let detectors = try Self.named()
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        layer.file(StoredName(path), "password = \"\(secret)\"")
        image.layer(layer, createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image, detectors: detectors)
        #expect(evidence.findings.map { $0.location.path?.description } == [shown])
    }

    @Test(
        "what is told of files by a name alike stays apart, and a name that a setting holds is masked as well"
    )
    func alike() async throws {
        let secrets = ["q7ZkL2wvRt9BxYp4", "k3XmP8sdNf6HqJc1", "w5TbG9yzVe2MuKa7"]
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.runtime.environment = ["LINE=password = \"\(secrets[2])\""]
        var layer = LayerBuilder()
        for secret in secrets.dropLast() {
            layer.file(
                StoredName("srv/\(secret)"), "password = \"\(secrets[0])\", password = \"\(secrets[1])\"")
        }
        layer.file(StoredName("bin/\(secrets[2])"), "x", mode: 0o4755)
        image.layer(layer, createdBy: "COPY . /")
        let evidence = try await Samples.evidence(of: image, detectors: try Self.named())
        let paths = Set(evidence.findings.compactMap { $0.location.path?.description })
        #expect(paths == ["/srv/… (16 characters)", "/srv/… (16 characters) (2)"])
        #expect(Set(evidence.findings.map(\.id)).count == evidence.findings.count)
        #expect(evidence.inventory.map(\.title).contains("/bin/… (16 characters)"))
        let json = try Samples.json(evidence)
        #expect(secrets.filter(json.contains) == [])
    }

    /// Detectors that know a secret by what stands before it.
    private static func named() throws -> DetectorSet {
        let rule = Samples.rule(.genericCredential, pattern: #"password = "(\w{3,20})""#, prefix: "")
        return try DetectorSet.compile([rule], key: FingerprintKey(bytes: [7]))
    }

    @Test("a name that an upper layer writes anew is still there; one that it removes is not")
    func fates() async throws {
        for (upper, expected) in [("again", Persistence.present), ("removed", .deleted), ("none", .present)] {
            var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
            var base = LayerBuilder()
            base.file(StoredName("srv/\(Self.secret)"), "x")
            image.layer(base, createdBy: "COPY . /")
            var top = LayerBuilder()
            switch upper {
            case "again": top.symbolicLink(StoredName("srv/\(Self.secret)"), to: "elsewhere")
            case "removed": top.whiteout("srv")
            default: top.file("other", "x")
            }
            image.layer(top, createdBy: "RUN x")
            let evidence = try await Samples.evidence(of: image)
            #expect(
                evidence.findings.first { $0.location.layer?.index == 0 }?.persistence == expected, "\(upper)"
            )
        }
    }

    @Test("headers that are longer than is looked at withhold a pass, and their bytes are told")
    func longHeaders() async throws {
        var tar = RawTar()
        let comment = [UInt8](repeating: UInt8(ascii: "c"), count: 900 << 10)
        for index in 0..<4 { tar.add(records: [("note\(index)", comment)], type: "g") }
        tar.add("file".utf8, Array("KEY=\(Samples.token(3))".utf8))
        tar.end()
        let evidence = try await Self.evidence(tar.bytes)
        #expect(evidence.findings.count == 1)
        #expect(evidence.isBalanced && !evidence.isComplete)
        let layer = try #require(evidence.layers.first)
        #expect(layer.bytesSkipped.map(\.reason) == [.sizeLimit])
        #expect(layer.uncompressedSize - layer.bytesScanned > 1 << 20)
    }

    @Test(
        "what GNU tar writes of sparse files, long names and links is accounted for to the last byte",
        arguments: [
            "--format=gnu", "--format=posix --sparse-version=0.0", "--format=posix --sparse-version=0.1",
            "--format=posix --sparse-version=1.0", "--format=ustar", "--format=v7", "--format=oldgnu",
        ])
    func realTar(format: String) async throws {
        guard ProgramRunner.has("tar", "truncate") else { try Test.cancel("needs tar and truncate") }
        let scratch = try ScratchFolder()
        let script = """
            mkdir -p d; printf %s "\(Samples.token(1))" > d/plain
            for i in 1 2 3 4 5 6 7 8 9 10; do truncate -s $((i * 300000)) d/sparse
            printf %s "x$i" >> d/sparse; done; printf '\\n%s' "\(Samples.token(2))" >> d/sparse
            ln -s plain d/link; ln d/plain d/hard; \(format.contains("v7") ? "" : "mkfifo d/pipe")
            \(format.contains("v7") || format.contains("ustar") ? "" : "cp d/plain d/$(printf %0200d 7)")
            echo end > d/zend
            tar --sort=name \(format.contains("v7") || format.contains("ustar") ? "" : "--sparse") \(format) -cf out.tar d
            """
        _ = try ProgramRunner.output(of: "sh", ["-c", script], in: scratch.path)
        let tar = try scratch.read("out.tar")
        let evidence = try await Self.evidence(tar, compression: .gzip)
        let layer = try #require(evidence.layers.first)
        #expect(layer.uncompressedSize == tar.count)
        #expect(layer.bytesScanned == layer.uncompressedSize, "\(layer.bytesSkipped) \(evidence.gaps)")
        #expect(evidence.findings.contains { $0.location.path == EntryPath("d/sparse") })
    }
}
