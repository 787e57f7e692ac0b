import Foundation
import Glibc
import TestSupport
import Testing

@testable import Pipeline

/// Documents, keys and bundles as they are read from a disk or a pipe.
struct WholeFileTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func reason(_ path: String, atMost limit: Int = 100) -> String? {
        do throws(AuditError) {
            _ = try WholeFile.read(path, atMost: limit, or: .brokenEvidence)
            return nil
        } catch {
            return error.place == path ? error.reason : "told of \(error.place)"
        }
    }

    @Test("a file is read up to its limit, and not a byte beyond")
    func limit() throws {
        let path = try folder.write(String(repeating: "x", count: 100), to: "document")
        #expect(try WholeFile.read(path, atMost: 100, or: .brokenEvidence).count == 100)
        #expect(reason(path, atMost: 99) == "is too large: at most 99 bytes are read")
    }

    @Test("what has no end is refused at the limit")
    func endless() {
        #expect(reason("/dev/zero", atMost: 1 << 20) == "is too large: at most 1048576 bytes are read")
    }

    @Test("what cannot be read is told in words")
    func failures() throws {
        #expect(reason(folder.file("none")) == "no such file or folder")
        #expect(reason(folder.path) == "a folder stands where a file is needed")
        #expect(
            reason(try folder.write("", to: "file") + "/below") == "a file stands where a folder is needed")
    }

    @Test("a pipe is read to the end of what its writer takes its time to write")
    func latePipe() throws {
        let path = folder.file("pipe")
        #expect(unsafe mkfifo(path, 0o600) == 0)
        let writer = unsafe open(path, O_RDWR)
        let text = Array(String(repeating: "late ", count: 40_000).utf8)
        // A task would wait for its turn behind all other tests, and this test's thread for the task.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.05)
            _ = unsafe write(writer, text, text.count)
            close(writer)
        }
        #expect(try WholeFile.read(path, atMost: text.count, or: .brokenEvidence) == text)
    }

    @Test("a pipe that nobody writes to is an error and no empty document, and nobody waits for it")
    func silentPipe() throws {
        let path = folder.file("pipe")
        #expect(unsafe mkfifo(path, 0o600) == 0)
        #expect(reason(path) == "is a pipe that nobody has written to")
    }
}
