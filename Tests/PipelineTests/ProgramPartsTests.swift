import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What stands apart in programs: names and values of Python modules, environments in the memory of crashed ones.
struct ProgramPartsTests {
    /// A set of detectors that sees nothing but passwords behind a name.
    private static let detectors = Result {
        let rule = DetectorRule(
            id: "test.password", title: "Password", kind: .genericCredential, severity: .high,
            confidence: .high,
            pattern: #"(?i)[a-z_]*password(?:"\])?\s*=\s*"?([^"\s\x00]{8,})"#, publicPrefix: "",
            minimumEntropy: nil,
            checksum: nil, paths: [], fields: [], allow: [], expiresByDesign: nil, remediation: "change it",
            reference: "https://example.com", examples: [], counterexamples: [], source: "test.yaml:1")
        return try DetectorSet.compile([rule], key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))
    }

    private static func inspect(_ content: [UInt8], at path: String) throws -> FileInspection.Result {
        let entry = FileEntry(
            path: EntryPath(path), kind: .file, size: content.count, mode: 0o644, owner: 0, group: 0)
        return try FileInspection(detectors: try detectors.get())
            .inspect(entry, content: MemoryByteSource(content))
    }

    @Test("text that a compiled module gives to a name is found by the name, where it stands in the file")
    func module() throws {
        let source = """
            import os
            db_password = "first-value-1"
            class Settings:
                password = "second-value-2"
                def connect(self, password="fifth-value-5"):
                    self.password = "third-value-3"
                    os.environ["ADMIN_PASSWORD"] = "fourth-value-4"
                    return dict(user="x", password="sixth-value-6"), {"a": "b", "password": "seventh-value-7"}
            db_password2 = os.environ["PASSWORD"]
            """
        let module = try Self.compiled(source)
        let result = try Self.inspect(module, at: "srv/app.pyc")
        #expect(result.gaps.isEmpty)
        let found = result.findings.compactMap { finding -> String? in
            guard let offset = finding.place.offset, let length = finding.place.length else { return nil }
            return String(decoding: module[offset..<offset + length], as: UTF8.self)
        }
        let expected = [
            "first-value-1", "second-value-2", "third-value-3", "fourth-value-4", "sixth-value-6",
            "seventh-value-7",
        ]
        #expect(Set(found) == Set(expected))
        #expect(result.findings.contains { $0.place.within == ["constant db_password"] })
    }

    @Test("a module of Python's own library is read whole, damage does no harm")
    func library() throws {
        let path = try ProgramRunner.output(
            of: "python3", ["-c", "import argparse; print(argparse.__file__)"])
        let source = String(decoding: path, as: UTF8.self).split(separator: "\n").first ?? ""
        let module = try Self.compiled(
            String(decoding: ProgramRunner.output(of: "cat", [String(source)]), as: UTF8.self))
        var assignments = 0
        #expect(PythonModule.read(module.span) { _ in assignments += 1 } == .whole)
        #expect(assignments > 50)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<100 {
            var bytes = module
            for _ in 0..<Int.random(in: 1...9, using: &random) {
                bytes[Int.random(in: 16..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let cut = bytes.span.extracting(..<Int.random(in: 16...bytes.count, using: &random))
            _ = PythonModule.read(cut) { _ in }
        }
    }

    @Test(
        "the code objects of other versions are read",
        arguments: [
            (3_413, 6, 1, 100, 90), (3_439, 6, 1, 100, 90), (3_495, 5, 2, 100, 90), (3_571, 5, 2, 83, 114),
            (3_627, 5, 2, 82, 116),
        ])
    func versions(magic: Int, numbers: Int, tables: Int, load: UInt8, store: UInt8) throws {
        func short(_ text: String) -> [UInt8] { [0xda, UInt8(text.utf8.count)] + Array(text.utf8) }
        func string(_ bytes: [UInt8]) -> [UInt8] { [0x73, UInt8(bytes.count), 0, 0, 0] + bytes }
        var module = [UInt8(magic & 0xff), UInt8(magic >> 8), 0x0d, 0x0a] + [UInt8](repeating: 0, count: 12)
        module += [0xe3] + [UInt8](repeating: 0, count: 4 * numbers)
        module += string([load, 0, store, 0, 36, 0])
        module += [0x29, 2] + short("secret-value-8") + (magic < 3_600 ? [0x4e] : [0x3a, 0x4e, 0x4e, 0x4e])
        module += [0x29, 1] + short("password")
        module += [0x29, 0, 0x29, 0, 0x29, 0] + short("a.py") + short("<module>") + [1, 0, 0, 0]
        for _ in 0..<tables { module += string([]) }
        let result = try Self.inspect(module, at: "a.pyc")
        #expect(result.gaps.isEmpty)
        #expect(result.findings.map(\.place.within) == [["constant password"]])
    }

    @Test(
        "a module's code without the header of a file is read, the version told by how it begins",
        arguments: [
            (6, 1, 36, 100, 90), (5, 2, 151, 100, 90), (5, 2, 149, 83, 114), (5, 2, 128, 82, 116),
        ] as [(Int, Int, UInt8, UInt8, UInt8)])
    func bareCode(numbers: Int, tables: Int, first: UInt8, load: UInt8, store: UInt8) throws {
        func short(_ text: String) -> [UInt8] { [0xda, UInt8(text.utf8.count)] + Array(text.utf8) }
        func string(_ bytes: [UInt8]) -> [UInt8] { [0xf3, UInt8(bytes.count), 0, 0, 0] + bytes }
        var module = [0xe3] + [UInt8](repeating: 0, count: 4 * numbers)
        module += string([first, 0, load, 0, store, 0])
        module += [0x29, 2] + short("secret-value-8") + [0x4e, 0x29, 1] + short("password")
        module += [0x29, 0, 0x29, 0, 0x29, 0] + short("a.py") + short("<module>") + [1, 0, 0, 0]
        for _ in 0..<tables { module += string([]) }
        let result = try Self.inspect(module, at: "a")
        #expect(result.gaps.isEmpty)
        #expect(result.findings.map(\.place.within) == [["constant password"]])
        let cut = try Self.inspect(Array(module.dropLast(6)), at: "a")
        #expect(cut.gaps.map(\.reason) == [.malformedArchive])
    }

    @Test("code objects that all refer to the same code are not followed without end, which withholds a pass")
    func sharedCode() throws {
        func count(_ number: Int) -> [UInt8] {
            [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
        }
        let known = PythonInstructions(magic: 3_495)
        let name: [UInt8] = [0x29, 1, 0xda, 8] + Array("password".utf8)
        let secret: [UInt8] = [0x29, 1, 0xda, 14] + Array("secret-value-8".utf8)
        // No variables, and what says where it all came from.
        let end: [UInt8] = [
            0x29, 0, 0x29, 0, 0x29, 0, 0x5a, 0, 0x5a, 0, 1, 0, 0, 0, 0x73, 0, 0, 0, 0, 0x73, 0, 0, 0, 0,
        ]
        let numbers = [UInt8](repeating: 0, count: 4 * known.numbers)
        let step: [UInt8] = [known.loadConstant, 0, known.storeName, 0]
        let code = [[UInt8]](repeating: step, count: 50_000).flatMap(\.self)
        var inner: [UInt8] = [0x63] + numbers
        inner += [0x72] + count(1)
        inner += secret + name + end
        var module: [UInt8] = [0xa7, 0x0d, 0x0d, 0x0a] + [UInt8](repeating: 0, count: 12)
        module += [0xe3] + numbers
        module += [0xf3] + count(code.count) + code
        module += [0x28] + count(500) + [[UInt8]](repeating: inner, count: 500).flatMap(\.self)
        module += name + end
        var assignments = 0
        #expect(PythonModule.read(module.span) { _ in assignments += 1 } == .tooLong)
        #expect(assignments < module.count * 8)
        let result = try Self.inspect(module, at: "a.pyc")
        #expect(result.gaps.contains { $0.reason.blocksPass })
    }

    @Test("a name in memory that does not end is none, however much memory there is")
    func endlessName() {
        var search = EnvironmentSearch()
        let letters = [UInt8](repeating: 0x41, count: 1 << 20)
        search.search(letters.span)
        search.search(Array("=value-of-it\0DB_PASSWORD=other-value\0".utf8).span)
        #expect(search.text.bytes == Array("DB_PASSWORD=other-value\n".utf8))
    }

    @Test("the environment in a core dump is searched, and the dump is in the inventory")
    func core() throws {
        var dump: [UInt8] =
            [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9) + [4, 0, 62, 0]
        dump += (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        dump += Array("\0PATH=/usr/bin\0DB_PASSWORD=from-the-environment\0HOME=/\0".utf8)
        dump += [UInt8](repeating: 0x90, count: 5_000)
        let result = try Self.inspect(dump, at: "var/core.123")
        #expect(result.findings.count == 1)
        #expect(result.findings.first?.place.within == ["environment"])
        #expect(result.findings.first?.place.offset == 20 + 100_000 + 1 + 14 + 12)
        let items = result.sightings.compactMap { if case .item(let item) = $0 { item.title } else { nil } }
        #expect(items == ["core dump"])
    }

    /// What Python compiles `source` to.
    static func compiled(_ source: String) throws -> [UInt8] {
        let scratch = try ScratchFolder()
        try scratch.write(source, to: "it.py")
        _ = try ProgramRunner.output(
            of: "python3", ["-c", "import py_compile; py_compile.compile('it.py', 'it.pyc')"],
            in: scratch.path)
        return try scratch.read("it.pyc")
    }

    @Test("a module of more parts than are kept in mind is told of, whether others refer to them or not")
    func manyParts() throws {
        func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 0xff) } }
        let head = [0xa7, 0x0d, 0x0d, 0x0a] + [UInt8](repeating: 0, count: 12)
        for (mark, count) in [(0xce as UInt8, 300_000), (0x4e, 300_000), (0x4e, 1_000)] {
            let tuple = [UInt8(ascii: "(")] + little(count) + [UInt8](repeating: mark, count: count)
            let text = Array("z\u{1}az\u{1}az\u{1}a".utf8)
            let code =
                [UInt8(ascii: "c")] + little(0) + little(0) + little(0) + little(0) + little(0)
                + [UInt8(ascii: "s")] + little(2) + [100, 0] + tuple + Array(")\0)\0".utf8)
                + [UInt8(ascii: "s")] + little(0) + text + little(0)
                + [UInt8(ascii: "s")] + little(0) + [UInt8(ascii: "s")] + little(0)
            #expect(PythonModule.read((head + code).span) { _ in } == (count > 250_000 ? .tooMany : .whole))
            #expect(
                try Self.inspect(head + code, at: "srv/app.pyc").gaps.map(\.reason)
                    == (count > 250_000 ? [.sizeLimit] : []))
        }
    }

    @Test("a large module takes of the memory that is shared, and waits for nobody where there is none")
    func sharedMemory() throws {
        let entry = FileEntry(
            path: EntryPath("srv/app.pyc"), kind: .file, size: 300_000, mode: 0o644, owner: 0, group: 0)
        let module = try Self.compiled("a = 'some text'\n") + [UInt8](repeating: 0, count: 300_000)
        let memory = DecoderMemory.none()
        let inspection = FileInspection(detectors: try Self.detectors.get(), memory: memory)
        _ = try inspection.inspect(entry, content: MemoryByteSource(Array(module.prefix(300_000))))
        #expect(memory.takeRefusal())
    }
}
