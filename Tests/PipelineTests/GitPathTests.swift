import Archives
import Cryptography
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Content of Git repositories is looked at as the files that it was, by whatever trees call it.
struct GitPathTests {
    private static let detectors = Result {
        let rule = DetectorRule(
            id: "test.pass", title: "Password", kind: .serviceCredential, severity: .high, confidence: .high,
            pattern: #"^pass:(\w+)$"#, paths: [Glob("**/.pgpass"), Glob("**/.aws/credentials")],
            remediation: "change it", reference: "https://example.com", examples: [], counterexamples: [],
            source: "test.yaml:1")
        return try DetectorSet.compile([rule], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
    }
    private static let content = Array("pass:Vq7xT2mRk9LpZw3s".utf8)

    private struct Object {
        let kind: GitObjectKind
        let content: [UInt8]

        func name(_ form: GitTree.Form = .sha1) -> [UInt8] {
            GitObject(kind, content).name(in: form) ?? []
        }

        /// As a zlib stream that compresses nothing.
        func stream(isLoose: Bool = false) -> [UInt8] {
            let bytes = isLoose ? Array("\(kind.rawValue) \(content.count)\0".utf8) + content : content
            var stream: [UInt8] = [0x78, 0x01]
            var start = 0
            repeat {
                let end = min(bytes.count, start + 0xffff)
                let count = end - start
                stream += [
                    end == bytes.count ? 1 : 0, UInt8(count & 0xff), UInt8(count >> 8), UInt8(~count & 0xff),
                    UInt8(~count >> 8 & 0xff),
                ]
                stream += bytes[start..<end]
                start = end
            } while start < bytes.count
            var (low, high) = (UInt32(1), UInt32(0))
            for byte in bytes {
                low = (low + UInt32(byte)) % 65_521
                high = (high + low) % 65_521
            }
            return stream + [UInt8(high >> 8), UInt8(high & 0xff), UInt8(low >> 8), UInt8(low & 0xff)]
        }
    }

    private static func blob(_ content: [UInt8]) -> Object { Object(kind: .blob, content: content) }

    private static func tree(
        _ entries: [(name: String, object: Object)], _ form: GitTree.Form = .sha1
    ) -> Object {
        Object(
            kind: .tree,
            content: entries.flatMap { entry in
                Array((entry.object.kind == .tree ? "40000 " : "100644 ").utf8) + Array(entry.name.utf8) + [0]
                    + entry.object.name(form)
            })
    }

    private static func pack(_ objects: [Object]) -> [UInt8] {
        var bytes = Array("PACK".utf8) + [0, 0, 0, 2]
        bytes += (0..<4).reversed().map { UInt8(objects.count >> (8 * $0) & 0xff) }
        for object in objects {
            var size = object.content.count
            var byte = UInt8(object.kind == .tree ? 2 : 3) << 4 | UInt8(size & 15)
            size >>= 4
            while size > 0 {
                bytes.append(byte | 0x80)
                byte = UInt8(size & 0x7f)
                size >>= 7
            }
            bytes.append(byte)
            bytes += object.stream()
        }
        return bytes + (SHA1.hash(bytes, []) ?? [])
    }

    private static func inspect(_ objects: [Object]) throws -> FileInspection.Result {
        let content = pack(objects)
        let entry = FileEntry(
            path: EntryPath("app/.git/objects/pack/pack-1.pack"), kind: .file, size: content.count,
            mode: 0o644, owner: 0, group: 0)
        return try FileInspection(detectors: detectors.get())
            .inspect(entry, content: MemoryByteSource(content))
    }

    private static func paths(_ result: FileInspection.Result) -> [String] {
        result.findings.compactMap { finding in
            finding.place.within.first.map { step in
                String(step[(step.firstIndex(of: "/") ?? step.startIndex)...])
            }
        }
    }

    @Test("content under several names is looked at under each that means something, and told once")
    func names() throws {
        let secret = Self.blob(Self.content)
        let result = try Self.inspect([
            Self.tree([("notes.txt", secret)]), Self.tree([(".pgpass", secret), ("copy", secret)]), secret,
        ])
        #expect(Self.paths(result) == ["/.pgpass"])
        #expect(result.gaps.isEmpty)
    }

    @Test("so is content in folders of several names")
    func folders() throws {
        let secret = Self.blob(Self.content)
        let folder = Self.tree([("credentials", secret)])
        let result = try Self.inspect([
            Self.tree([("backup", folder)]), Self.tree([(".aws", folder)]), folder, secret,
        ])
        #expect(Self.paths(result) == ["/.aws/credentials"])
        #expect(result.gaps.isEmpty)
    }

    @Test("a repository that names its objects by SHA-256 is read alike")
    func sha256() throws {
        let secret = Self.blob(Self.content)
        let folder = Self.tree([("a", Self.blob([1])), (".pgpass", secret)], .sha256)
        let root = Self.tree([("home", folder)], .sha256)
        #expect(GitTree(root.content).form == .sha256)
        #expect(Self.paths(try Self.inspect([root, folder, secret])) == ["/home/.pgpass"])
        #expect(Self.paths(try Self.inspect([secret, folder, root])) == ["/home/.pgpass"])
    }

    @Test("content that was looked at long before what names it is a gap, if anybody looks for such files")
    func late() throws {
        let secret = Self.blob(Self.content)
        let fillers = (0..<3).map { Self.blob(Samples.filler(2 << 20) + [UInt8($0)]) }
        for (name, isGap) in [(".pgpass", true), ("notes.txt", false)] {
            let result = try Self.inspect([secret] + fillers + [Self.tree([(name, secret)])])
            #expect(result.reasons == (isGap ? [.sizeLimit] : []))
        }
    }

    @Test(
        "names that there is no room for are a gap, if anybody looks for such files",
        arguments: [true, false])
    func many(isWanted: Bool) throws {
        var paths = GitPaths()
        var asked = 0
        for number in 0..<11 {
            let entries = (0..<10_000).map { index in
                (name: "\(number)-\(index)", object: [number, index >> 8, index & 0xff, 1].map { UInt8($0) })
            }
            let bytes = entries.flatMap { entry in
                Array("100644 \(entry.name)\0".utf8) + entry.object + [UInt8](repeating: 0, count: 16)
            }
            paths.add(GitTree(bytes), named: [200, UInt8(number)]) { _ in
                asked += 1
                return isWanted && asked == 7
            }
        }
        #expect(paths.isShort == isWanted)
        #expect(asked == (isWanted ? 7 : 10_000))
        #expect(
            paths.paths(of: [3, 0, 5, 1, 0, 0, 0, 0]).map { String(decoding: $0, as: UTF8.self) } == ["3-5"])
    }

    @Test("trees that name each other end somewhere")
    func circle() {
        var paths = GitPaths()
        for (holder, held) in [(1, 2), (2, 3), (3, 1)] as [(UInt8, UInt8)] {
            let object = [held] + [UInt8](repeating: 0, count: 19)
            for name in ["a", "b", "c"] {
                paths.add(
                    GitTree(Array("40000 \(name)\0".utf8) + object), named: [holder] + object.dropFirst()
                ) {
                    _ in false
                }
            }
        }
        let found = paths.paths(of: [1] + [UInt8](repeating: 0, count: 19))
        #expect(found.count == 8 && found.allSatisfy { $0.count == 63 })
    }

    @Test("objects in files of their own are put together", arguments: [GitTree.Form.sha1, .sha256])
    func loose(form: GitTree.Form) async throws {
        func path(_ object: Object, in folder: String) -> String {
            let name = object.name(form).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                .joined()
            return "\(folder)/.git/objects/\(name.prefix(2))/\(name.dropFirst(2))"
        }
        let secret = Self.blob(Self.content)
        let large = Self.blob(Self.content + [10] + Samples.filler(300_000))
        let folder = Self.tree([("a", secret), (".pgpass", secret)], form)
        let root = Self.tree([("home", folder)], form)
        let other = Self.tree([(".pgpass", large)], form)
        var layer = LayerBuilder()
        for object in [secret, folder, root] {
            layer.file(StoredName(path(object, in: "app")), object.stream(isLoose: true))
        }
        // A repository of its own, of which no tree is at hand, and one whose content is too large.
        layer.file(StoredName(path(secret, in: "other")), secret.stream(isLoose: true))
        layer.file(StoredName(path(large, in: "large")), large.stream(isLoose: true))
        layer.file(StoredName(path(other, in: "large")), other.stream(isLoose: true))
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        image.layer(layer, createdBy: "COPY . /", compression: .gzip)
        for workers in [1, 3] {
            let evidence = try await Samples.evidence(
                of: image, detectors: try Self.detectors.get(), workers: workers)
            #expect(evidence.findings.map(\.location.within) == [["blob object/home/.pgpass"]])
            #expect(
                evidence.findings.map { $0.location.path?.description } == ["/\(path(secret, in: "app"))"])
            #expect(evidence.gaps.map(\.reason) == [.sizeLimit])
            #expect(evidence.gaps.map { $0.path?.description } == ["/large/.git/objects"])
        }
    }
}
