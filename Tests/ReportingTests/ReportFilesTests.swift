import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Writing report files")
struct ReportFilesTests {
    private let root =
        FileManager.default.temporaryDirectory.path() + "palimpsest-reports-\(UUID().uuidString)"
    private let files = [
        ReportFiles.File(name: "a.txt", bytes: Array("one".utf8)),
        ReportFiles.File(name: "b.txt", bytes: Array("two".utf8)),
    ]

    @Test("all files are there, with nothing beside them, and a second run replaces them")
    func saved() throws {
        defer { remove() }
        let folder = root + "/deep/reports"
        for _ in 0..<2 {
            let paths = try ReportFiles.save(files, in: folder)
            #expect(paths == ["\(folder)/a.txt", "\(folder)/b.txt"])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a.txt", "b.txt"])
        }
        #expect(try String(contentsOfFile: folder + "/b.txt", encoding: .utf8) == "two")
    }

    @Test("a report is written as its formats give it, also where they give it piece by piece")
    func report() async throws {
        defer { remove() }
        let report = ReportCase.large(1500).report
        let formats = ReportFormats.all.filter(\.isDefault)
        let paths = try await ReportFiles.save(report, formats: formats, in: root)
        #expect(paths == formats.map { "\(root)/\($0.fileName)" })
        for (path, format) in zip(paths, formats) {
            #expect(try Array(Data(contentsOf: URL(filePath: path))) == format.write(report), "\(path)")
        }
    }

    @Test("a folder in the way of a file leaves everything as it was")
    func occupied() throws {
        defer { remove() }
        try FileManager.default.createDirectory(atPath: root + "/b.txt", withIntermediateDirectories: true)
        expect(.occupied, at: root + "/b.txt", in: root)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["b.txt"])
    }

    @Test("a pipe, and a link to a device, are left as they are", arguments: [false, true])
    func special(isLink: Bool) throws {
        defer { remove() }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let place = root + "/b.txt"
        let isMade = unsafe isLink ? symlink("/dev/null", place) : mkfifo(place, 0o600)
        try #require(isMade == 0)
        expect(.occupied, at: place, in: root)
        var status = stat()
        try #require(unsafe lstat(place, &status) == 0)
        #expect(status.st_mode & S_IFMT == (isLink ? S_IFLNK : S_IFIFO))
    }

    @Test("of several formats that cannot be written the first is named, and no other is there")
    func severalOccupied() async throws {
        defer { remove() }
        let formats = ReportFormats.all.filter(\.isDefault)
        for format in formats.suffix(2) {
            try FileManager.default.createDirectory(
                atPath: "\(root)/\(format.fileName)", withIntermediateDirectories: true)
        }
        let blocked = formats.suffix(2).map(\.fileName)
        do throws(ReportError) {
            try await ReportFiles.save(ReportCase.large(20).report, formats: formats, in: root)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == ReportError(code: .occupied, place: "\(root)/\(blocked[0])", reason: ""))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root).sorted() == blocked.sorted())
    }

    @Test("a file where the folder should be is named")
    func noFolder() throws {
        defer { remove() }
        #expect(FileManager.default.createFile(atPath: root, contents: Data()))
        expect(.folder, at: root, in: root)
        expect(.folder, at: root + "/inner", in: root + "/inner")
    }

    @Test("a folder that nobody may write to is an error, and folders made on the way are gone again")
    func unwritable() {
        expect(.folder, at: "/proc/palimpsest/reports", in: "/proc/palimpsest/reports")
        expect(.write, at: "/proc/a.txt", in: "/proc")
    }

    @Test("while reports are written nobody sees a part of one, so that who is killed leaves none")
    func unseen() throws {
        defer { remove() }
        var seen: [String] = []
        for contents in ["old", "new"] {
            try ReportFiles.save(["a.txt", "b.txt"], in: root) { (_, sink) throws(ReportError) in
                try sink(ArraySlice(contents.utf8))
                seen += (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? ["nothing"]
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: root).sorted() == ["a.txt", "b.txt"])
            #expect(try String(contentsOfFile: root + "/b.txt", encoding: .utf8) == contents)
        }
        #expect(seen.sorted() == ["a.txt", "a.txt", "b.txt", "b.txt"], "the old ones only")
    }

    @Test("a full disk is an error, and no part of a report stays")
    func fullDisk() throws {
        defer {
            _ = try? ProgramRunner(tool: "umount")?.run([root])
            remove()
        }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let arguments = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", root]
        let mount = try ProgramRunner(tool: "mount")?.run(arguments)
        guard let mount, mount.status == 0 else {
            print("skipped: this machine lets us mount no small disk")
            return
        }
        let large = files + [ReportFiles.File(name: "c.txt", bytes: [UInt8](repeating: 0, count: 1 << 20))]
        do throws(ReportError) {
            try ReportFiles.save(large, in: root)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == ReportError(code: .write, place: root + "/c.txt", reason: ""))
            #expect(error.description.contains("no space left on device"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root).isEmpty)
    }

    private func expect(_ code: ReportError.Code, at place: String, in folder: String) {
        do throws(ReportError) {
            try ReportFiles.save(files, in: folder)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error == ReportError(code: code, place: place, reason: ""), "\(error)")
        }
    }

    private func remove() { try? FileManager.default.removeItem(atPath: root) }
}

@Suite("The summary line")
struct SummaryTests {
    @Test("it fits 80 columns whatever the image is called", arguments: ReportCase.all)
    func width(example: ReportCase) {
        let line = Summary(example.report).line(color: false)
        #expect(line.count <= 80)
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test("it names verdict, image and counts, and is coloured only when asked")
    func words() {
        let line = Summary(ReportCase.leakyAgent.report).line(color: false)
        #expect(line == "FAIL  oci-archive:build/leaky-agent.tar:1.4.2  5/8 rules fail, 7 findings")
        #expect(
            Summary(ReportCase.leakyAgent.report).line(color: true).hasPrefix("\u{1b}[1;31mFAIL\u{1b}[0m  "))
    }
}
