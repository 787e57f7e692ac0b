import Testing

@testable import Pipeline

struct EnvironmentChoiceTests {
    @Test(
        "a choice names an environment, and perhaps the images it is about",
        arguments: [
            ("production", "registry.example/shop/app:1", true),
            ("prod=registry.example/**", "registry.example/shop/app:1", true),
            ("prod=app:*", "registry.example/shop/app:1", true),
            ("prod=registry.example/*", "registry.example/shop/app:1", false),
            ("prod=test*", "registry.example/shop/app:1", false), ("prod=oci:a", "oci:a", true),
        ])
    func images(_ text: String, _ image: String, _ isMeant: Bool) throws {
        #expect(try #require(EnvironmentChoice(text)).isAbout(image) == isMeant)
    }

    @Test("what names none is refused", arguments: ["", " ", "=a", "prod="])
    func refused(_ text: String) { #expect(EnvironmentChoice(text) == nil) }

    @Test("labels come before annotations, the longer key before the shorter, and case does not count")
    func declared() {
        let long = (name: "org.opencontainers.image.environment", value: " Production ")
        let short = (name: "environment", value: "staging")
        #expect(EnvironmentChoice.declared([short, long], []) == "production")
        #expect(EnvironmentChoice.declared([short], [long]) == "staging")
        #expect(EnvironmentChoice.declared([], [long]) == "production")
        #expect(EnvironmentChoice.declared([(name: "environment", value: " ")], []) == nil)
    }
}
