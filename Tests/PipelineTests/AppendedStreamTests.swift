import Archives
import Detection
import Model
import TestSupport
import Testing

@testable import Pipeline

/// What is compressed and appended to a script or a program, as installers are made.
struct AppendedStreamTests {
    private static let script = Array("#!/bin/sh\ntail -n +3 \"$0\" | tar x; exit\n".utf8)
    private static let methods = Compressor.Method.allCases

    private static func archive(_ method: Compressor.Method) throws -> [UInt8] {
        let tar = try Samples.archive(
            .tar, ("a", Samples.filler(3_000)), ("key.env", Array("x=\(Samples.token())".utf8)))
        return try Compressor.compress(tar, method)
    }

    /// A program whose one segment and whose one section are all of it.
    private static func program(_ length: Int) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(value >> (8 * $0) & 0xff) }
        }
        let size = 64 + 56 + length
        let header =
            [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9) + little(3, 2) + little(62, 2)
            + little(1, 4) + little(0, 8) + little(64, 8) + little(size, 8) + little(0, 4) + little(64, 2)
            + little(56, 2) + little(1, 2) + little(64, 2) + little(1, 2) + little(0, 2)
        let segment =
            little(1, 4) + little(5, 4) + little(0, 24) + little(size, 8) + little(size, 8) + little(4_096, 8)
        let section =
            little(0, 4) + little(1, 4) + little(0, 16) + little(120, 8) + little(length, 8) + little(0, 24)
        return header + segment + Samples.filler(length) + section
    }

    @Test(
        "an archive behind a script is opened, however it is compressed and however long the script is",
        arguments: methods, [0, 20_000, 3 << 20])
    func behindScript(method: Compressor.Method, length: Int) throws {
        let content = Self.script + Samples.filler(length) + (try Self.archive(method))
        let result = try Samples.inspect(content, at: "srv/it.run")
        #expect(result.findings.map { $0.place.within.last } == ["key.env"])
        #expect(result.gaps.isEmpty, "\(result.gaps)")
    }

    @Test(
        "an archive behind all that belongs to a program is opened", arguments: methods, [1_000, 3 << 20])
    func behindProgram(method: Compressor.Method, length: Int) throws {
        for padding in [0, 300] {
            let content =
                Self.program(length) + [UInt8](repeating: 0, count: padding) + (try Self.archive(method))
            let result = try Samples.inspect(content, at: "srv/setup")
            #expect(result.findings.map { $0.place.within.last } == ["key.env"])
            #expect(result.gaps.isEmpty, "\(result.gaps)")
        }
    }

    @Test("an archive behind a program of Windows or DOS is opened", arguments: methods)
    func behindWindowsProgram(method: Compressor.Method) throws {
        let content = Array("MZ".utf8) + [UInt8](repeating: 0, count: 510) + (try Self.archive(method))
        let result = try Samples.inspect(content, at: "srv/setup.exe")
        #expect(result.findings.map { $0.place.within.last } == ["key.env"])
        #expect(result.gaps.isEmpty, "\(result.gaps)")
    }

    @Test("what follows such an archive, or is missing from it, was not seen", arguments: methods)
    func broken(method: Compressor.Method) throws {
        let archive = try Self.archive(method)
        for prefix in [Self.script + Samples.filler(2 << 20), Self.program(100)] {
            #expect(try Samples.inspect(prefix + archive + [1, 2, 3]).reasons.contains(.unreadable))
            #expect(try Samples.inspect(prefix + archive.dropLast(20)).reasons.contains(.unreadable))
        }
    }

    @Test("marks of such archives among a program's constants, or in a script, are none")
    func marks() throws {
        let marks: [UInt8] =
            [
                0x1f, 0x8b, 0x08, 0xff, 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4, 0, 0, 0, 0, 0x28, 0xb5, 0x2f,
                0xfd,
            ]
            + Array("BZh91AYLZIP".utf8) + [1, 0xff, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]
        let others = marks.dropFirst(3) + Samples.filler(40)
        for content in [Self.program(2_000) + others, Self.script + others] {
            let result = try Samples.inspect(content)
            #expect(result.findings.isEmpty && result.gaps.isEmpty, "\(result.gaps)")
        }
        // What belongs to the program is not looked through for what holds together, either.
        let whole = Self.program(20_000)
        let archive = try Self.archive(.xz)
        let inside = whole[..<1_000] + archive + whole[(1_000 + archive.count)...]
        #expect(try Samples.inspect(Array(inside)).gaps.isEmpty)
    }

    @Test("a 7z archive behind a program is told as one is that stands alone")
    func sevenZip() throws {
        guard let tool = ["7z", "7zz", "7za"].first(where: { ProgramRunner.has($0) }) else { return }
        let folder = try ScratchFolder()
        try folder.write("x=\(Samples.token())", to: "key.env")
        _ = try ProgramRunner.output(of: tool, ["a", "a.7z", "key.env"], in: folder.path)
        let archive = try folder.read("a.7z")
        #expect(try Samples.inspect(Self.program(100) + archive).gaps.contains { $0.reason.blocksPass })
        #expect(try Samples.inspect(Self.script + archive).gaps.contains { $0.reason.blocksPass })
    }
}
