import ImageWriting
import Model
import TestSupport
import Testing

/// Layers with entries that no honest program writes: what can be read is, and none of it ends in a pass.
struct HostileEntryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let secrets: Int
        let build: @Sendable (inout RawTar) -> Void

        init(_ name: String, secrets: Int = 2, _ build: @escaping @Sendable (inout RawTar) -> Void) {
            testDescription = name
            self.secrets = secrets
            self.build = build
        }

        /// A file between two with secrets whose header is changed, the checksum made right.
        static func header(_ name: String, _ change: @escaping @Sendable (inout [UInt8]) -> Void) -> Case {
            Case(name) { tar in
                tar.addSecret("srv/first.env", 1)
                let start = tar.bytes.count
                tar.add("srv/odd".utf8, Array("content".utf8))
                tar.edit(headerAt: start, change)
                tar.addSecret("srv/last.env", 2)
                tar.end()
            }
        }

        /// The same with PAX records before it.
        static func records(_ name: String, _ records: (key: String, value: String)...) -> Case {
            Case(name) { tar in
                tar.addSecret("srv/first.env", 1)
                tar.add(pax: records.map { ($0.key, Array($0.value.utf8)) }, "srv/odd", Array("content".utf8))
                tar.addSecret("srv/last.env", 2)
                tar.end()
            }
        }
    }

    private static func number(_ value: Int, sign: UInt8) -> [UInt8] {
        let filling: UInt8 = value < 0 ? 0xff : 0
        return [sign, filling, filling, filling]
            + (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    @Test(
        "an entry whose header cannot be read is a gap, and those before and behind it are read",
        arguments: [
            .header("a size of -5") { $0.replaceSubrange(124..<136, with: number(-5, sign: 0xff)) },
            .header("a size of 2^63 - 1") { $0.replaceSubrange(124..<136, with: number(.max, sign: 0x80)) },
            .header("a size beyond 2^63") {
                $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0xfe, count: 11))
            },
            Case("a wrong checksum") { tar in
                tar.addSecret("srv/first.env", 1)
                let start = tar.bytes.count
                tar.add("srv/odd".utf8, [UInt8](repeating: 0x41, count: 3_000))
                tar.replace(at: start, with: [0x7a])
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("a wrong checksum before content that holds an end mark") { tar in
                tar.addSecret("srv/first.env", 1)
                let start = tar.bytes.count
                tar.add("srv/odd".utf8, [UInt8](repeating: 0, count: 3_000))
                tar.replace(at: start, with: [0x7a])
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("the very first header broken") { tar in
                tar.addSecret("srv/first.env", 1)
                tar.replace(at: 0, with: [0x7a])
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("a secret in the content of the entry itself", secrets: 3) { tar in
                tar.addSecret("srv/first.env", 1)
                let start = tar.bytes.count
                tar.addSecret("srv/odd.env", 3)
                tar.replace(at: start, with: [0x7a])
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("a record that is longer than any", secrets: 2) { tar in
                tar.addSecret("srv/first.env", 1)
                tar.add("pax".utf8, Array("11 path=a\n".utf8), type: "x", claimedSize: (1 << 33) - 1)
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("two hundred in a row") { tar in
                tar.addSecret("srv/first.env", 1)
                for _ in 0..<200 {
                    let start = tar.bytes.count
                    tar.add("srv/odd".utf8)
                    tar.edit(headerAt: start) { $0.replaceSubrange(124..<136, with: number(-5, sign: 0xff)) }
                }
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("no tar stream at all") { tar in
                tar.append(Array("this is no archive: STRIPE=\(Trial.secret(1)) and \(Trial.secret(2))".utf8))
            },
            Case("headers before an entry without end") { tar in
                tar.addSecret("srv/first.env", 1)
                for _ in 0..<1_000 { tar.add(records: [("comment", Array("x".utf8))]) }
                tar.add("srv/odd".utf8)
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("long names before an entry without end") { tar in
                tar.addSecret("srv/first.env", 1)
                for _ in 0..<500 { tar.add("././@LongLink".utf8, Array("srv/name\u{0}".utf8), type: "L") }
                tar.add("srv/odd".utf8)
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            Case("a name of more than a mebibyte") { tar in
                tar.addSecret("srv/first.env", 1)
                tar.add(pax: [("path", [UInt8](repeating: 0x61, count: (1 << 20) + 9))], "srv/odd")
                tar.addSecret("srv/last.env", 2)
                tar.end()
            },
            .records(
                "a sparse map beyond all measure", ("GNU.sparse.map", "0,9223372036854775807"),
                ("GNU.sparse.size", "9223372036854775807")),
            .records(
                "a sparse map of negative places", ("GNU.sparse.map", "-9,5,-3,7"), ("GNU.sparse.size", "-7")),
        ] as [Case])
    func unreadable(trial: Case) throws {
        try HostileTrial(layers: [.tar(trial.build)]).expectGap(.malformedLayer, secrets: trial.secrets)
    }

    @Test("the entry behind a broken header has its own name, and what it removes is removed")
    func namesBehind() throws {
        let trial = try HostileTrial(layers: [
            .tar { tar in
                tar.addSecret("srv/old.env", 1)
                tar.end()
            },
            .tar { tar in
                tar.add("srv/odd".utf8)
                tar.replace(at: 0, with: [0x7a])
                tar.add("srv/.wh.old.env".utf8)
                tar.addSecret("srv/new.env", 2)
                tar.end()
            },
        ])
        try trial.expectGap(.malformedLayer, secrets: 2)
        let findings = try trial.evidence.findings
        #expect(findings.map(\.location.path?.description) == ["/srv/old.env", "/srv/new.env"])
        #expect(findings.map(\.persistence) == [.deleted, .present])
    }

    @Test(
        "an entry that wants to be where none can be withholds the verdict, and is read all the same",
        arguments: ["../../etc/passwd", "a/../../b", "..", "/", ".", "", "srv/../../../root/.ssh/id_rsa"])
    func places(name: String) throws {
        let trial = try HostileTrial(layers: [
            .tar { tar in
                tar.add("x".utf8)
                let start = tar.bytes.count
                tar.addSecret(name, 1)
                tar.edit(headerAt: start) { $0[156] = UInt8(ascii: "0") }
                tar.end()
            }
        ])
        try trial.expectGap(.malformedLayer, secrets: 1)
    }

    @Test(
        "an absolute path is the same as a relative one",
        arguments: ["/etc/app.env", "./etc/app.env", "//etc//app.env"])
    func absolute(name: String) throws {
        let trial = try HostileTrial(layers: [
            .tar { tar in
                tar.addSecret(name, 1)
                tar.end()
            }
        ])
        trial.expectBounds()
        #expect(trial.outcome.status == 1, "\(trial.outcome.errorText)")
        #expect(try trial.evidence.findings.map(\.location.path?.description) == ["/etc/app.env"])
    }

    @Test(
        "names of 64 KiB and more, of files and links, are gaps, and what they name is read",
        arguments: [4_096, 64 << 10, (1 << 20) - 100])
    func longNames(length: Int) throws {
        let name = Array("srv/".utf8) + [UInt8](repeating: 0x61, count: length - 4)
        let trial = try HostileTrial(layers: [
            .tar { tar in
                tar.add(pax: [("path", name)], "cut", Array("STRIPE=\(Trial.secret(1))\n".utf8))
                tar.add("././@LongLink".utf8, name + [0], type: "L")
                tar.addSecret("cut", 2)
                tar.add(pax: [("linkpath", name)], "link", type: "2", link: "cut")
                tar.add(pax: [("linkpath", name)], "hard", type: "1", link: "cut")
                tar.addSecret("srv/last.env", 3)
                tar.end()
            }
        ])
        try trial.expectGap(.malformedLayer, secrets: 3)
        for (file, bytes) in try trial.bench.reports() { #expect(bytes.count < 20 << 20, "\(file)") }
    }

    @Test(
        "links to themselves, to each other and out of the image, within a layer and across layers, end somewhere",
        arguments: ["1", "2"] as [Character])
    func loops(type: Character) throws {
        let trial = try HostileTrial(layers: [
            .tar { tar in
                tar.add("self".utf8, type: type, link: "self".utf8)
                tar.add("a".utf8, type: type, link: "b".utf8)
                tar.add("b".utf8, type: type, link: "a".utf8)
                tar.add("d/up".utf8, type: type, link: "../d/up/up/up".utf8)
                tar.add("out".utf8, type: type, link: "../../../etc/shadow".utf8)
                tar.addSecret("c", 1)
                tar.end()
            },
            .tar { tar in
                tar.add("c".utf8, type: type, link: "a".utf8)
                tar.add("a".utf8, type: type, link: "c".utf8)
                tar.addSecret("b/c/d", 2)
                tar.end()
            },
            .tar { tar in
                tar.add(".wh.self".utf8)
                tar.add(".wh.a".utf8)
                tar.add("b".utf8, type: type, link: "b/c/d".utf8)
                tar.end()
            },
        ])
        trial.expectBounds()
        // Below `b`, which leads nowhere, the second layer writes a file, of which nobody can say where it comes to lie.
        #expect(trial.outcome.status == 2, "\(trial.outcome.errorText)")
        let evidence = try trial.evidence
        #expect(Set(evidence.findings.compactMap(\.fingerprint)).count == 2)
        trial.expectBalance(evidence)
    }
}
