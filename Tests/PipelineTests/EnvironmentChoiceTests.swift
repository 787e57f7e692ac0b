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
            ("prod=prod/*", "docker://127.0.0.1:5706/prod/app:v1", true),
            ("prod=prod/app", "docker://127.0.0.1:5706/prod/app:v1", true),
            ("prod=prod/app:v2", "docker://127.0.0.1:5706/prod/app:v1", false),
            ("prod=127.0.0.1:5706/**", "docker://127.0.0.1:5706/prod/app:v1", true),
            ("prod=app", "docker-daemon:app@sha256:00", true), ("prod=build/a", "oci:build/a:1", true),
        ])
    func images(_ text: String, _ image: String, _ isMeant: Bool) throws {
        #expect(try #require(EnvironmentChoice(text)).isAbout(image) == isMeant)
    }

    @Test("what names none is refused", arguments: ["", " ", "=a", "prod="])
    func refused(_ text: String) { #expect(EnvironmentChoice(text) == nil) }

    @Test("labels come before annotations, the longer key before the shorter, and case does not count")
    func declared() {
        let long = "org.opencontainers.image.environment"
        func declared(_ fields: [String: String]) -> String? {
            EnvironmentChoice.declared(
                in: Dictionary(
                    uniqueKeysWithValues: fields.map { field, value in
                        (field, "\(field.drop { $0 != "/" }.dropFirst())=\(value)")
                    }))
        }
        #expect(
            declared(["Labels/environment": "staging", "Labels/\(long)": " Production "]) == "production")
        #expect(declared(["Labels/environment": "staging", "Annotations/\(long)": "a"]) == "staging")
        #expect(declared(["Annotations/\(long)": " Production "]) == "production")
        #expect(declared(["Labels/environment": " "]) == nil)
        #expect(EnvironmentChoice.declared(in: ["Labels/environment": "… (not shown)"]) == nil)
    }
}
