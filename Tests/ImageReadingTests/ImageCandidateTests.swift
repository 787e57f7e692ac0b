import Model
import Testing

@testable import ImageReading

@Suite("what is chosen of an index")
struct ImageCandidateTests {
    private static let cache = candidate("unknown/unknown", role: .buildCache)

    private static func candidate(
        _ platform: String, _ tags: [String] = [], role: ImageCandidate.Role = .image
    ) -> ImageCandidate {
        let digest = Digest(sha256: Array(repeating: UInt8(platform.utf8.count + tags.count), count: 32))
        return ImageCandidate(
            manifest: BlobDescriptor(digest: digest, size: nil, mediaType: ""), platform: Platform(platform),
            tags: tags, role: role)
    }

    private static func chosen(
        _ candidates: [ImageCandidate], _ selection: PlatformSelection
    ) throws -> [String] {
        let reference = try ImageReference.parse("docker://localhost/app")
        return try ImageCandidate.select(candidates, selection, reference).map {
            $0.role == .buildCache ? "cache" : $0.platform?.description ?? ""
        }
    }

    @Test("a cache beside the only image does not take its place, whatever that is for")
    func besideCache() throws {
        let image = Self.candidate("linux/s390x")
        #expect(try Self.chosen([image, Self.cache], .host) == ["linux/s390x", "cache"])
        #expect(try Self.chosen([Self.cache], .named("linux/mips")) == ["cache"])
        let error = #expect(throws: ImageError.self) {
            try Self.chosen([image, Self.cache], .named("linux/mips"))
        }
        #expect(error?.code == .platformNotFound && error?.underlying == "it has linux/s390x")
    }

    @Test(
        "a name for another platform is not passed over",
        arguments: [PlatformSelection.host, .named("linux/amd64"), .named("linux/s390x")])
    func otherName(selection: PlatformSelection) throws {
        let images = [Self.candidate("linux/amd64", ["tools:1"]), Self.candidate("linux/s390x", ["app:1"])]
        let error = #expect(throws: ImageError.self) { try Self.chosen(images, selection) }
        #expect(error?.code == .ambiguous && error?.underlying == "they are app:1, tools:1")
        #expect(try Self.chosen(images, .all).count == 2)
    }

    @Test("of several versions of Windows for one processor none is meant more")
    func windows() throws {
        let images = [Self.candidate("windows/amd64"), Self.candidate("windows/amd64")]
        let error = #expect(throws: ImageError.self) { try Self.chosen(images, .named("windows/amd64")) }
        #expect(error?.code == .ambiguous)
    }
}
