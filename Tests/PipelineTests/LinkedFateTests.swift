import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What became of files of which upper layers speak by way of a lower layer's links to folders.
///
/// umoci and containerd's native snapshots follow those links, and what overlayfs lays on each other does not: a file is
/// gone only where it is to both.
struct LinkedFateTests {
    struct Case: Sendable, CustomTestStringConvertible {
        /// One layer after the other: `a -> b` is a symbolic link, `a => b` a hard link, `-a` removes, and `*` holds the secret.
        let layers: [[String]]
        let persistence: Persistence
        let removedBy: Int?
        var testDescription: String { "\(layers)" }

        init(_ layers: [[String]], _ persistence: Persistence, by removedBy: Int? = nil) {
            (self.layers, self.persistence, self.removedBy) = (layers, persistence, removedBy)
        }
    }

    private static let base = ["lib -> usr/lib", "*usr/lib/secret"]

    @Test(
        "a file that some engine still has is present",
        arguments: [
            // Another name made by way of the link.
            Case([base, ["x => lib/secret"], ["-usr/lib/secret"]], .present),
            Case([base, ["x => lib/secret", "-usr/lib/secret"]], .present),
            Case([base, ["x => lib/secret"], ["-usr/lib/secret", "-x"]], .deleted, by: 2),
            Case([base, ["x => lib/other"], ["-usr/lib/secret"]], .deleted, by: 2),
            Case([base, ["x => ./lib/../lib/secret"], ["-usr/lib/secret"]], .deleted, by: 2),
            Case([["r -> /", "*secret"], ["x => r/secret"], ["-secret"]], .present),
            Case(
                [["a -> c", "c/b -> /usr/lib", "*usr/lib/secret"], ["x => a/b/secret"], ["-usr"]], .present),
            Case([base, ["lib/secret", "x => lib/secret"], ["-usr/lib/secret"]], .deleted, by: 2),
            Case([base, ["-lib"], ["x => lib/secret"], ["-usr/lib/secret"]], .deleted, by: 3),
            // The name of another name.
            Case([base, ["usr/lib/y => usr/lib/secret"], ["x => lib/y"], ["-usr"]], .present),
            Case([base, ["lib/y => usr/lib/secret"], ["-usr/lib/secret"], ["-lib"]], .present),
            // Written by way of the link, which is gone later.
            Case([["lib -> usr/lib"], ["*lib/secret"], ["-lib"]], .present),
            Case([["lib -> usr/lib"], ["*lib/secret"], ["-lib"], ["-usr/lib/secret"]], .deleted, by: 3),
            Case([["lib -> usr/lib"], ["*lib/secret"], ["lib/secret"]], .overwritten, by: 2),
            Case([["lib -> usr/lib"], ["*lib/secret"], ["-lib/secret"]], .deleted, by: 2),
            Case([["lib -> usr/lib"], ["*lib/secret"], ["usr/lib/secret"]], .present),
            Case([["lib -> usr/lib"], ["*lib/secret"], ["-lib", "-usr/lib"]], .deleted, by: 2),
            Case([["lib -> usr/lib"], ["*lib/secret", "x => lib/secret"], ["-lib", "-usr"]], .present),
            Case([["lib -> usr/lib"], ["lib/", "*lib/secret"], ["-lib"]], .deleted, by: 2),
            Case([["a -> c", "c/b -> /usr"], ["*a/b/secret"], ["-a"]], .present),
            Case([["a -> c", "c/b -> /usr"], ["*a/b/secret"], ["-a", "-usr/secret"]], .deleted, by: 2),
            // The content of a mark is nowhere.
            Case([["x"], ["*.wh.x"]], .deleted, by: 1),
            Case([["d/x"], ["*d/.wh..wh..opq"]], .deleted, by: 1),
            Case([["*.wh..wh.plnk"]], .present),
            // Removed by way of the link, which overlayfs does not follow.
            Case([base, ["-lib/secret"]], .present),
            Case([base, ["lib/secret"]], .present),
        ])
    func fate(test: Case) async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        for names in test.layers {
            var layer = LayerBuilder()
            for name in names { Self.add(name, to: &layer) }
            image.layer(layer, createdBy: "COPY . / # buildkit")
        }
        let finding = try #require(try await Samples.evidence(of: image).findings.first)
        #expect(finding.persistence == test.persistence)
        #expect(finding.removedBy?.index == test.removedBy)
    }

    private static func add(_ name: String, to layer: inout LayerBuilder) {
        func parts(_ mark: String) -> (StoredName, StoredName)? {
            guard let range = name.firstRange(of: mark) else { return nil }
            return (
                StoredName(String(name[..<range.lowerBound])), StoredName(String(name[range.upperBound...]))
            )
        }
        if let (path, target) = parts(" -> ") {
            layer.symbolicLink(path, to: target)
        } else if let (path, target) = parts(" => ") {
            layer.hardLink(path, to: target)
        } else if name.hasPrefix("-") {
            layer.whiteout(StoredName(String(name.dropFirst())))
        } else if name.hasPrefix("*") {
            layer.file(StoredName(String(name.dropFirst())), "KEY=\(Samples.token(1))\n")
        } else if name.hasSuffix("/") {
            layer.folder(StoredName(name))
        } else {
            layer.file(StoredName(name), "clean\n")
        }
    }

    @Test("a name that holds a secret is there where the link led, though the link is gone")
    func names() async throws {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        for names in [["lib -> usr/lib"], ["lib/\(Samples.token(1))"], ["-lib"]] {
            var layer = LayerBuilder()
            for name in names { Self.add(name, to: &layer) }
            image.layer(layer, createdBy: "COPY . / # buildkit")
        }
        #expect(try await Samples.evidence(of: image).findings.map(\.persistence) == [.present])
    }
}
