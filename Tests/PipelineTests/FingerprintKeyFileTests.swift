import Detection
import Foundation
import TestSupport
import Testing

@testable import Pipeline

struct FingerprintKeyFileTests {
    private static let digits = String(repeating: "5a", count: 32)

    @Test("the installation's key is made at first use, for its owner only, and kept")
    func made() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.file("config/palimpsest")
        let first = try FingerprintKeyFile.key(from: .installation(folder: folder))
        #expect(try scratch.names(in: "config/palimpsest") == ["fingerprint.key"])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/fingerprint.key")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try scratch.read("config/palimpsest/fingerprint.key").count == 65)
        #expect(try FingerprintKeyFile.key(from: .installation(folder: folder)).id == first.id)
        let other = try FingerprintKeyFile.key(from: .installation(folder: scratch.file("other")))
        #expect(other.id != first.id)
    }

    @Test("of first uses at once, all have the same key", arguments: 0..<40)
    func atOnce(round: Int) async throws {
        let scratch = try ScratchFolder()
        let folder = scratch.file("config")
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask { try FingerprintKeyFile.key(from: .installation(folder: folder)).id }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(try scratch.names(in: "config") == ["fingerprint.key"])
    }

    @Test("a given key is 32 bytes or 64 hex digits, and the same either way")
    func given() throws {
        let scratch = try ScratchFolder()
        let raw = try scratch.write([UInt8](repeating: 0x5a, count: 32), to: "raw")
        let text = try scratch.write(Self.digits.uppercased() + "\r\n", to: "text")
        let ids = try [FingerprintKeySource.file(raw), .file(text), .text(Self.digits)].map {
            try FingerprintKeyFile.key(from: $0).id
        }
        #expect(Set(ids).count == 1)
    }

    @Test(
        "a key that is none is refused without being shown",
        arguments: ["", "short", String(repeating: "zz", count: 32), String(repeating: "5a", count: 33)])
    func refused(content: String) throws {
        let scratch = try ScratchFolder()
        let path = try scratch.write(content, to: "key")
        for (source, place) in [
            (FingerprintKeySource.file(path), path), (.text(content), "PALIMPSEST_FINGERPRINT_KEY"),
        ] {
            let error = #expect(throws: AuditError.self) { try FingerprintKeyFile.key(from: source) }
            #expect(error?.reason.hasPrefix("fingerprint key is ") == true)
            #expect(error?.code == .unusableKey && error?.place == place)
            #expect(content.isEmpty || error?.description.contains(content) == false)
        }
    }

    @Test("what cannot be read or made names its place")
    func unreadable() throws {
        let scratch = try ScratchFolder()
        try scratch.write("in the way", to: "file")
        try scratch.write("x", to: "folder/fingerprint.key/x")
        let sources: [(FingerprintKeySource, String)] = [
            (.file(scratch.file("nowhere")), scratch.file("nowhere")),
            (.file(scratch.path), scratch.path),
            (.installation(folder: scratch.file("file")), scratch.file("file/fingerprint.key")),
            (.installation(folder: scratch.file("folder")), scratch.file("folder/fingerprint.key")),
        ]
        for (source, place) in sources {
            let error = #expect(throws: AuditError.self) { try FingerprintKeyFile.key(from: source) }
            #expect(error?.code == .unusableKey && error?.place == place)
        }
        #expect(try scratch.names(in: "folder") == ["fingerprint.key"])
    }

    @Test("a key file that was cut off is refused, not made anew: older fingerprints hang on it")
    func cutOff() throws {
        let scratch = try ScratchFolder()
        try scratch.write(String(Self.digits.prefix(40)), to: "config/fingerprint.key")
        #expect(throws: AuditError.self) {
            try FingerprintKeyFile.key(from: .installation(folder: scratch.file("config")))
        }
        #expect(try scratch.read("config/fingerprint.key").count == 40)
    }
}
