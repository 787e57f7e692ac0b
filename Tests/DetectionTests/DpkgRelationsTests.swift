import Cryptography
import Detection
import Model
import Testing

@Suite("packages that name a person as their maintainer")
struct DpkgRelationsTests {
    private static let digests = ContentDigests(of: Array("what the package brought\n".utf8).span)
    private static let team = "Debian Tools <pkg-tools@lists.alioth.debian.org>"
    private static let person = "Jo Doe <jo@example.org>"

    /// How sure it is whose the file of the package `tool` is, where dpkg's status says this.
    private static func vouching(_ stanzas: [[String: String]]) -> PackageVouching? {
        let status = stanzas.map { stanza in
            stanza.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined() + "\n"
        }
        let files = [
            ("var/lib/dpkg/info/tool.md5sums", "\(Hex.string(digests.md5))  usr/share/tool/a\n"),
            ("var/lib/dpkg/status", status.joined()),
        ]
        let reader = PackageReader()
        for (path, text) in files {
            reader.begin(EntryPath(path))
            reader.read(Array(text.utf8).span, at: 0)
            reader.end()
        }
        return reader.finish().owner(of: EntryPath("usr/share/tool/a"), digests)?.vouching
    }

    private static func package(
        _ name: String = "tool", by maintainer: String = person, _ more: [String: String] = [:]
    ) -> [String: String] {
        ["Package": name, "Version": "1.2-3", "Maintainer": maintainer].merging(more) { $1 }
    }

    @Test(
        "one is the distribution's where a package of the distribution's own cannot do without it",
        arguments: [
            ("Depends", "libc6 (>= 2.36), tool (= 1.2-3)", true), ("Pre-Depends", "tool:any", true),
            ("Recommends", "tool | other", true), ("Depends", "tool", true),
            ("Recommends", "other | tool", false), ("Suggests", "tool", false), ("Breaks", "tool", false),
            ("Depends", "tools, tool-data, xtool", false), ("Depends", "", false),
        ])
    func needed(field: String, value: String, counts: Bool) {
        let named = Self.package("app", by: Self.team, [field: value])
        let expected: PackageVouching? = counts ? .needed : nil
        #expect(Self.vouching([named, Self.package()]) == expected)
        #expect(Self.vouching([Self.package(), named]) == expected)
        #expect(Self.vouching([Self.package("app", [field: value]), Self.package()]) == nil)
    }

    @Test("of which two records differ is nobody's, whoever needs it", arguments: [person, team])
    func disputed(other: String) {
        let named = Self.package("app", by: Self.team, ["Depends": "tool"])
        let first = Self.package("tool", by: other, ["Version": "9"])
        #expect(Self.vouching([named, first, Self.package()]) == nil)
        #expect(Self.vouching([Self.package(), first, named]) == nil)
    }

    @Test("a stanza that needs millions takes little memory, and the rest is left out")
    func many() {
        let names = (0..<2_000).map { "p\($0)" }.joined(separator: ", ")
        let lines = Array(repeating: names, count: 40).joined(separator: "\nDepends: ")
        let named = Self.package("app", by: Self.team, ["Depends": lines + "\nRecommends: tool"])
        #expect(Self.vouching([named, Self.package()]) == nil)
    }

    @Test(
        "and where it is made of the same source as such a one, in the same version and by the same person",
        arguments: [
            (["Source": "maker"], ["Source": "maker"], true),
            (["Source": "tool"], [:], true),
            (["Source": "maker (1.2-3)", "Version": "1.2-3+b1"], ["Source": "maker"], true),
            (["Source": "maker", "Version": "1.2-4"], ["Source": "maker"], false),
            (["Source": "maker", "Maintainer": "Al <al@example.org>"], ["Source": "maker"], false),
            (["Source": "other"], ["Source": "maker"], false), ([:], [:], false),
        ] as [([String: String], [String: String], Bool)])
    func siblings(library: [String: String], own: [String: String], counts: Bool) {
        let stanzas = [
            Self.package("app", by: Self.team, ["Depends": "libtool1"]),
            Self.package("libtool1", library), Self.package(own),
        ]
        #expect(Self.vouching(stanzas) == (counts ? .needed : nil))
    }
}

extension DpkgRelationsTests {
    private static func package(_ more: [String: String]) -> [String: String] { package("tool", more) }

    private static func package(_ name: String, _ more: [String: String]) -> [String: String] {
        package(name, by: person, more)
    }
}
