import Model
import Testing

@testable import Pipeline

struct ReportFoldersTests {
    private static func image(_ name: String) -> ImageFacts {
        let digest = Digest(sha256: Array(repeating: 7, count: 32))
        return ImageFacts(
            name: name, digest: digest, platform: "linux/amd64", created: nil, configDigest: digest)
    }

    @Test("images that are called alike have folders of their own, and the first has its usual one")
    func apart() throws {
        var folders = ReportFolders(ReportSelection(formats: ["html"], folder: "out"))
        let names = try ["oci:a/app:1", "oci:a/app:2", "oci:b/app", "oci:b/web"].map { name in
            try folders.next(for: Self.image(name), isOnlyImage: false)
        }
        let usual = Self.image("app").folderName
        #expect(names == [usual, "\(usual)-2", "\(usual)-3", Self.image("web").folderName])
    }

    @Test("standard output takes an only image, and of several none")
    func standardOutput() throws {
        var folders = ReportFolders(ReportSelection(formats: ["html"], folder: nil))
        #expect(try folders.next(for: Self.image("app"), isOnlyImage: true) == nil)
        let error = #expect(throws: AuditError.self) {
            try folders.next(for: Self.image("app"), isOnlyImage: false)
        }
        #expect(error?.code == .unwritableOutput)
    }

    @Test("an image that is named twice is audited once")
    func once() {
        let request = AuditRequest(
            images: ["b", "a", "b"], reports: ReportSelection(formats: [], folder: nil),
            asOf: Instant(seconds: 0), fingerprintKey: .text(""), cacheFolder: nil, workers: 1)
        #expect(request.images == ["b", "a"])
    }
}
