import Archives
import Model
import Testing

@testable import Bundling

/// One way only to write an archive, and nothing else that is read.
struct BundleArchiveTests {
    private static let time = Instant(seconds: 1_700_000_000)
    private static let files = [
        BundleFile(name: "a/b.json", bytes: Array("{}".utf8)), BundleFile(name: "c", bytes: []),
    ]

    private static func archive(
        _ entries: [(name: String, kind: ArchiveEntryHeader.Kind, content: String)]
    ) throws -> [UInt8] {
        try ArchiveWriter.bytes(
            .tar,
            entries.map {
                (
                    ArchiveEntryHeader(name: Array($0.name.utf8), kind: $0.kind, mode: 0o644),
                    Array($0.content.utf8)
                )
            })
    }

    @Test("files come back as they were, and in whatever order they are given the bytes are the same")
    func sameBytes() throws {
        let bytes = try BundleArchive.write(Self.files, at: Self.time)
        #expect(try BundleArchive.read(bytes) == Self.files)
        #expect(try BundleArchive.write(Self.files.reversed(), at: Self.time) == bytes)
    }

    @Test(
        "a name that leads anywhere else, or that a terminal would obey, is refused",
        arguments: [
            "../a", "/etc/passwd", "a//b", "a/./b", ".hidden", "a/", "a b", "a\u{1b}[2J", "\u{fc}",
            String(repeating: "a", count: 101),
        ])
    func names(name: String) throws {
        let bytes = try Self.archive([(name, .file(size: 1), "x")])
        #expect(throws: BundleError(.form, "")) { try BundleArchive.read(bytes) }
    }

    @Test("a file that stands twice, and files out of order, are refused")
    func order() throws {
        for names in [["a", "a"], ["b", "a"]] {
            let bytes = try Self.archive(names.map { ($0, .file(size: 1), "x") })
            #expect(throws: BundleError(.form, at: "a", "")) { try BundleArchive.read(bytes) }
        }
    }

    @Test(
        "what is no plain file is refused",
        arguments: [
            ArchiveEntryHeader.Kind.symbolicLink(target: Array("/etc/passwd".utf8)),
            .hardLink(target: Array("b".utf8)), .fifo, .characterDevice(major: 1, minor: 3),
        ])
    func kinds(kind: ArchiveEntryHeader.Kind) throws {
        #expect(throws: BundleError(.form, at: "a", "")) {
            try BundleArchive.read(try Self.archive([("a", kind, "")]))
        }
    }

    @Test(
        "what is cut off, empty or no archive at all is refused", arguments: [0, 1, 100, 511, 512, 513, 700])
    func cutOff(length: Int) throws {
        let bytes = try BundleArchive.write(Self.files, at: Self.time)
        #expect(throws: BundleError.self) {
            let files = try BundleArchive.read(Array(bytes.prefix(length)))
            // Files that are whole by chance are fewer than were written.
            guard files == Self.files else { throw BundleError(.form, "") }
        }
        #expect(throws: BundleError.self) { try BundleArchive.read(Array(repeating: 7, count: length)) }
        #expect(throws: BundleError.self) { try BundleArchive.read(Array(repeating: 0, count: length)) }
    }
}
