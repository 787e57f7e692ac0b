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

    @Test("a choice that is about no image, or about those of another before it, is told")
    func idle() {
        func idle(_ texts: String...) -> [String] {
            EnvironmentChoice.idle(
                among: texts.compactMap { EnvironmentChoice($0) }, of: ["oci:app", "oci:app2"]
            ).map { "\($0.choice.text) \($0.reason.prefix(6))" }
        }
        #expect(idle("prod=app*", "test=app2") == ["test=app2 counts"])
        #expect(idle("test=app2", "prod=app*").isEmpty)
        #expect(idle("prod=shop", "test") == ["prod=shop is abo"])
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
