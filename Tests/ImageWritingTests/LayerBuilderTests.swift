import ImageWriting
import TestSupport
import Testing

@Suite("Building layers")
struct LayerBuilderTests {
    private func names(_ layer: LayerBuilder) throws -> [String] {
        let scratch = try ScratchFolder()
        let path = try scratch.write(try layer.tar(), to: "layer.tar")
        let tar = try #require(ProgramRunner(tool: "tar"))
        return try tar.run(["--quoting-style=literal", "-tf", path]).outputText
            .split(separator: "\n").map { String($0) }
    }

    @Test("whiteouts stand in the folder of what they remove")
    func whiteouts() throws {
        var layer = LayerBuilder()
        layer.whiteout("app/config/.env")
        layer.whiteout("top")
        layer.opaqueWhiteout(of: "var/cache")
        layer.opaqueWhiteout(of: "var/lib/")
        layer.opaqueWhiteout(of: "")
        #expect(
            try names(layer) == [
                "app/config/.wh..env", ".wh.top", "var/cache/.wh..wh..opq", "var/lib/.wh..wh..opq",
                ".wh..wh..opq",
            ])
    }

    @Test("entries keep the order in which they were added, doubles included")
    func order() throws {
        var layer = LayerBuilder()
        layer.file("b", "1")
        layer.folder("a")
        layer.file("b", "2")
        layer.symbolicLink("c", to: "b")
        #expect(try names(layer) == ["b", "a/", "b", "c"])
    }

    @Test("generated content is asked for in pieces and stored whole")
    func generated() throws {
        let size = 2_500_000
        let content = FileContent.generated(size: size) { offset, most in
            (offset..<offset + min(most, 777_777)).map { UInt8(truncatingIfNeeded: $0) }
        }
        var generated = LayerBuilder()
        generated.file("big", content)
        var held = LayerBuilder()
        held.file("big", (0..<size).map { UInt8(truncatingIfNeeded: $0) })
        #expect(try generated.tar() == held.tar())
    }

    @Test("generated content that ends early is refused")
    func generatedShort() throws {
        var layer = LayerBuilder()
        layer.file("big", .generated(size: 10) { offset, _ in offset == 0 ? [1, 2, 3] : [] })
        let error = #expect(throws: ImageWriteError.self) { try layer.tar() }
        #expect(error?.code == .content)
        #expect(error?.place == "big")
    }
}
