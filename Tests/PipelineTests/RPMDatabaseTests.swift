import Cryptography
import Detection
import ImageWriting
import Model
import TestSupport
import Testing

@testable import Pipeline

/// rpm's records of whose a file is, in each form in which a distribution has them.
struct RPMDatabaseTests {
    enum Form: CaseIterable {
        case sqlite, ndb, berkeleyHash, berkeleyTree, berkeleyLargeEndFirst

        var path: String {
            switch self {
            case .sqlite: "usr/lib/sysimage/rpm/rpmdb.sqlite"
            case .ndb: "usr/lib/sysimage/rpm/Packages.db"
            default: "var/lib/rpm/Packages"
            }
        }
    }

    /// The packages of this many tools, each with a file of its own, and the database that rpm itself wrote of them.
    private struct Installed {
        let scratch: ScratchFolder
        let headers: [[UInt8]]

        init(_ contents: [[UInt8]]) throws {
            scratch = try ScratchFolder()
            for (index, content) in contents.enumerated() {
                try scratch.write(content, to: "selftest.der")
                try scratch.write(Self.specification(index, scratch.path), to: "tool.spec")
                _ = try ProgramRunner.output(
                    of: "rpmbuild", ["--define", "_topdir \(scratch.path)/build", "-bb", "tool.spec"],
                    in: scratch.path)
                _ = try ProgramRunner.output(
                    of: "rpm",
                    [
                        "-i", "--justdb", "--nodeps", "--define", "_db_backend sqlite", "--dbpath",
                        "\(scratch.path)/db", "build/RPMS/noarch/tool\(index)-1.2-3.noarch.rpm",
                    ], in: scratch.path)
            }
            let blobs = try ProgramRunner.output(
                of: "sqlite3", ["db/rpmdb.sqlite", "SELECT hex(blob) FROM Packages ORDER BY hnum"],
                in: scratch.path)
            headers = try String(decoding: blobs, as: UTF8.self).split(separator: "\n").map { line in
                let digits = try line.map { try UInt8(#require($0.hexDigitValue)) }
                return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
            }
        }

        private static func specification(_ index: Int, _ folder: String) -> String {
            """
            Name: tool\(index)
            Version: 1.2
            Release: 3
            Summary: a tool
            License: none
            Vendor: Fedora Project
            BuildArch: noarch
            %description
            \(String(repeating: "A tool, told of at length. ", count: 200 * index))
            %install
            mkdir -p %{buildroot}/usr/lib/tool
            cp \(folder)/selftest.der %{buildroot}/usr/lib/tool/test\(index).der
            %files
            /usr/lib/tool/test\(index).der

            """
        }

        func database(_ form: Form) throws -> [UInt8] {
            switch form {
            case .sqlite: try scratch.read("db/rpmdb.sqlite")
            case .ndb: NdbFile.bytes(of: headers)
            case .berkeleyHash: try berkeley("hash", order: 1234)
            case .berkeleyTree: try berkeley("btree", order: 1234)
            case .berkeleyLargeEndFirst: try berkeley("hash", order: 4321)
            }
        }

        private func berkeley(_ type: String, order: Int) throws -> [UInt8] {
            func text(_ bytes: [UInt8]) -> String { " " + Hex.string(bytes) + "\n" }
            var dump = """
                VERSION=3
                format=bytevalue
                type=\(type)
                db_pagesize=4096
                db_lorder=\(order)
                HEADER=END

                """
            // The first record counts the packages.
            for (index, value) in ([[UInt8(headers.count), 0, 0, 0]] + headers).enumerated() {
                dump += text([UInt8(index), 0, 0, 0]) + text(value)
            }
            try scratch.write(dump + "DATA=END\n", to: "dump")
            _ = try ProgramRunner.output(of: "db5.3_load", ["-f", "dump", type], in: scratch.path)
            return try scratch.read(type)
        }
    }

    @Test("rpm's own database tells whose a file is, in whatever form it is", arguments: Form.allCases)
    func owned(form: Form) async throws {
        let keys = try (1...3).map { try PackageOwnershipTests.key(UInt8($0)) }
        let installed = try Installed(keys)
        #expect(installed.headers.count == 3)
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        for (index, key) in keys.enumerated() {
            layer.file(.init(stringLiteral: "usr/lib/tool/test\(index).der"), .bytes(key))
        }
        layer.file(.init(stringLiteral: form.path), .bytes(try installed.database(form)))
        image.layer(layer, createdBy: "bootstrap")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.findings.isEmpty)
        let items = evidence.inventory.filter { $0.type == .packageFile }
        #expect(items.map { $0.attributes["package"] } == [.text("tool0"), .text("tool1"), .text("tool2")])
        #expect(items.allSatisfy { $0.attributes["packageVersion"] == .text("1.2-3") })
        #expect(items.allSatisfy { $0.attributes["packageDatabase"] == .text("rpm, layer 0") })
    }

    @Test("a database of 40 MB, as whole servers have, is read too")
    func large() async throws {
        let key = try PackageOwnershipTests.key(1)
        let installed = try Installed([key])
        // As compressible as names of files and their checksums are.
        let script = """
            WITH RECURSIVE f(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM f WHERE x < 1000),
                p(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM p WHERE x < 430)
            INSERT INTO Packages (blob) SELECT CAST(
                (SELECT group_concat('/usr/share/doc/package/file' || f.x || hex(randomblob(32))) FROM f) || p.x
                AS BLOB) FROM p;
            INSERT INTO Packages (blob) SELECT blob FROM Packages WHERE hnum = 1;
            DELETE FROM Packages WHERE hnum = 1;
            """
        _ = try ProgramRunner.output(
            of: "sqlite3", ["db/rpmdb.sqlite"], input: Array(script.utf8), in: installed.scratch.path)
        let database = try installed.database(.sqlite)
        #expect(database.count > 38 << 20)
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        layer.file("usr/lib/tool/test0.der", .bytes(key))
        layer.file(.init(stringLiteral: Form.sqlite.path), .bytes(database))
        image.layer(layer, createdBy: "bootstrap")
        let evidence = try await Samples.evidence(of: image)
        #expect(evidence.gaps.isEmpty)
        #expect(evidence.findings.isEmpty)
        let items = evidence.inventory.filter { $0.type == .packageFile }
        #expect(items.map { $0.attributes["package"] } == [.text("tool0")])
    }

    @Test("rpm reads the Berkeley DB that these tests write")
    func readable() throws {
        let installed = try Installed([[1], [2]])
        let database = try installed.database(.berkeleyHash)
        try installed.scratch.write(database, to: "old/Packages")
        let names = try ProgramRunner.output(
            of: "rpm",
            [
                "-qa", "--define", "_db_backend bdb_ro", "--dbpath", "\(installed.scratch.path)/old",
                "--queryformat", "%{name}\\n",
            ], in: installed.scratch.path)
        #expect(Set(String(decoding: names, as: UTF8.self).split(separator: "\n")) == ["tool0", "tool1"])
    }
}
