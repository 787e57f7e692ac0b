import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Entries that are written where a symbolic link among the folders above them leads.
struct WrittenThroughTests {
    private static let accounts = "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n"

    private static func evidence(_ layers: [(inout LayerBuilder) throws -> Void]) async throws -> Evidence {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        for build in layers {
            var layer = LayerBuilder()
            try build(&layer)
            image.layer(layer, createdBy: "COPY . / # buildkit")
        }
        return try await Samples.evidence(of: image)
    }

    private static func users(_ evidence: Evidence) -> [String] {
        evidence.inventory.filter { $0.type == .user }.map {
            "\($0.title) \($0.location.path?.description ?? "") \($0.location.layer?.index ?? -1)"
        }.sorted()
    }

    private static let expected = ["root /etc/passwd", "toor /etc/passwd"]

    @Test("in its own layer an entry lies where the links before it lead")
    func sameLayer() async throws {
        for target in ["etc", "/etc", "./usr/../etc", "y"] {
            let evidence = try await Self.evidence([
                {
                    $0.folder("etc")
                    $0.symbolicLink("y", to: "/etc")
                    $0.symbolicLink("x", to: StoredName(target))
                    $0.file("x/passwd", Self.accounts)
                    $0.file("x/token", "x=\(Samples.token())\n")
                }
            ])
            #expect(Self.users(evidence) == Self.expected.map { $0 + " 0" }, "\(target)")
            #expect(evidence.findings.map { $0.location.path?.description } == ["/etc/token"])
            #expect(evidence.gaps.isEmpty)
        }
    }

    @Test("a hard link to a symbolic link leads where that does")
    func linkToLink() async throws {
        let evidence = try await Self.evidence([
            {
                $0.symbolicLink("l", to: "etc")
                $0.hardLink("x", to: "l")
                $0.file("x/passwd", Self.accounts)
            }
        ])
        #expect(Self.users(evidence) == Self.expected.map { $0 + " 0" } && evidence.gaps.isEmpty)
    }

    @Test("more links on the way than the first withhold a pass")
    func furtherLinks() async throws {
        let below: [(inout LayerBuilder) throws -> Void] = [
            {
                $0.symbolicLink("a", to: "c")
                $0.symbolicLink("c/b", to: "/etc")
                $0.file("data", Self.accounts)
            }
        ]
        for above: (inout LayerBuilder) throws -> Void in [
            { $0.file("a/b/passwd", Self.accounts) }, { $0.symbolicLink("a/passwd", to: "/data") },
        ] {
            #expect(try await !Self.evidence(below + [above]).isComplete)
        }
        #expect(try await Self.evidence(below + [{ $0.file("a/d/passwd", "x") }]).isComplete)
    }

    @Test("what may be led on by links of which there are more than are kept withholds a pass")
    func cutLinks() async throws {
        for count in [1, 2_000] {
            let below = { (builder: inout LayerBuilder) throws -> Void in
                builder.symbolicLink("a", to: "c")
                for link in 0..<count { builder.symbolicLink(StoredName("l\(link)"), to: "/nowhere") }
            }
            let evidence = try await Self.evidence([below, { $0.file("a/b/passwd", "x") }])
            #expect(evidence.isComplete == (count == 1))
        }
    }

    @Test("many links in many layers take no longer than they must")
    func manyLinks() async throws {
        let layers = (0..<30).map { layer in
            { (builder: inout LayerBuilder) throws -> Void in
                for link in 0..<100 {
                    let target = StoredName("/t\(layer)/\(link)")
                    builder.symbolicLink(StoredName("l\(layer)-\(link)"), to: target)
                    guard layer > 0 else { continue }
                    builder.file(StoredName("l\(layer - 1)-\(link)/f"), "x")
                }
            }
        }
        #expect(try await Self.evidence(layers).isComplete)
    }

    @Test("a folder in the place of a link is none any more, and a link behind an entry changes nothing")
    func replaced() async throws {
        let evidence = try await Self.evidence([
            {
                $0.file("x/passwd", Self.accounts)
                $0.symbolicLink("z", to: "etc")
                $0.folder("z")
                $0.file("z/passwd", Self.accounts)
            }
        ])
        #expect(Self.users(evidence).isEmpty && evidence.gaps.isEmpty)
    }

    @Test("an entry is looked at where a link of a layer below leads as well")
    func layersBelow() async throws {
        let layers: [[(inout LayerBuilder) throws -> Void]] = [
            [{ $0.symbolicLink("x", to: "etc") }],
            [{ $0.symbolicLink("x", to: "y") }, { $0.symbolicLink("y", to: "/etc") }],
            [{ $0.symbolicLink("x", to: "etc") }, { $0.file("other", "x") }],
        ]
        for below in layers {
            let evidence = try await Self.evidence(below + [{ $0.file("x/passwd", Self.accounts) }])
            #expect(Self.users(evidence) == Self.expected.map { "\($0) \(below.count)" })
            #expect(evidence.gaps.isEmpty && evidence.isComplete)
        }
    }

    @Test("where a folder came in between, or the layer has one itself, the entry lies in that")
    func folders() async throws {
        let link: (inout LayerBuilder) throws -> Void = { $0.symbolicLink("x", to: "etc") }
        let file: (inout LayerBuilder) throws -> Void = { $0.file("x/passwd", Self.accounts) }
        for between: (inout LayerBuilder) throws -> Void in [{ $0.folder("x") }, { $0.whiteout("x") }] {
            let evidence = try await Self.evidence([link, between, file])
            #expect(Self.users(evidence).isEmpty && evidence.gaps.isEmpty)
        }
        let own = try await Self.evidence([
            link,
            {
                $0.folder("x")
                $0.file("x/passwd", Self.accounts)
            },
        ])
        #expect(Self.users(own).isEmpty && own.gaps.isEmpty)
    }

    @Test("an entry below what is no folder in a layer below withholds a pass")
    func noFolder() async throws {
        let evidence = try await Self.evidence([
            { $0.file("x", "text") }, { $0.file("x/passwd", Self.accounts) },
        ])
        #expect(evidence.gaps.map(\.reason) == [.malformedLayer])
    }

    @Test("joined folders of programs are no gap, and what is written by either name is seen once")
    func joined() async throws {
        let evidence = try await Self.evidence([
            {
                $0.folder("usr")
                $0.folder("usr/bin")
                for name in ["bin", "lib", "sbin"] {
                    $0.symbolicLink(StoredName(name), to: StoredName("usr/\(name)"))
                }
                $0.file("bin/a", "x=\(Samples.token(1))\n")
            }, { $0.file("bin/b", "x=\(Samples.token(2))\n") },
        ])
        let paths = evidence.findings.map { $0.location.path?.description ?? "" }.sorted()
        #expect(paths == ["/bin/b", "/usr/bin/a"])
        #expect(evidence.gaps.isEmpty && evidence.isComplete)
    }
}
