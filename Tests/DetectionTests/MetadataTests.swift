import Detection
import Model
import Testing

@Suite struct MetadataTests {
    @Test("a secret is found in every metadata field, by its name")
    func fields() throws {
        let configuration = Samples.configuration(
            environment: [("TOKEN", Samples.token(1))], labels: [("note", Samples.token(2))],
            command: ["run", Samples.token(3)], history: ["RUN ls", "RUN curl -H \(Samples.token(4))"])
        let findings = try Samples.scanner().inspect(configuration).findings
        #expect(findings.map(\.place.config) == ["Cmd", "Env/TOKEN", "Labels/note", "history/1"])
        #expect(findings.map(\.place.offset) == [4, 6, 5, 12])
        #expect(findings.allSatisfy { $0.place.line == nil || $0.place.line == 1 })
    }

    @Test("a rule for fields looks into those fields only, and into no file")
    func fieldRules() throws {
        let rule = Samples.rule(
            pattern: #"^[^=]+=(?<secret>.{6,})(?<!none)$"#, prefix: "", fields: ["Env/*PASSWORD*"])
        let scanner = try Samples.scanner([rule])
        let configuration = Samples.configuration(environment: [
            ("DB_PASSWORD", "hunter22"), ("OTHER", "hunter22"),
        ])
        #expect(scanner.inspect(configuration).findings.map(\.place.config) == ["Env/DB_PASSWORD"])
        #expect(scanner.findings(in: "DB_PASSWORD=hunter22").isEmpty)
    }

    @Test("a mask shows nothing of a secret and all of the rest")
    func mask() throws {
        let scanner = try Samples.scanner()
        let text = "ARG A=\(Samples.token(1)) B=\(Samples.token(2)) end"
        #expect(scanner.mask(text) == "ARG A=tok_… (24 characters) B=tok_… (24 characters) end")
        #expect(scanner.mask("nothing here") == "nothing here")
        #expect(scanner.mask("") == "")
    }

    @Test("a secret seen in one field is masked in all")
    func maskedFields() throws {
        let rule = Samples.rule(pattern: "^[^=]+=(.+)$", prefix: "", fields: ["Env/*PASSWORD*"])
        let configuration = Samples.configuration(
            environment: [("PASSWORD", "hunter2hunter2hunter2")],
            history: ["ENV PASSWORD=hunter2hunter2hunter2", "RUN true"])
        let masked = try Samples.scanner([rule]).maskedFields(of: configuration)
        #expect(masked["Env/PASSWORD"] == "PASSWORD=… (21 characters)")
        #expect(masked["history/0"] == "ENV PASSWORD=… (21 characters)")
        #expect(masked["history/1"] == "RUN true")
    }

    @Test(
        "the user a container runs as is listed",
        arguments: [
            ("", true, "root"), ("0", true, "0"), ("root", true, "root"), ("0:0", true, "0"),
            ("app", false, "app"),
            ("1000:0", false, "1000"),
        ])
    func user(user: String, isRoot: Bool, name: String) throws {
        let items = try Samples.scanner().inspect(Samples.configuration(user: user)).items
        let item = try #require(items.first { $0.type == .runtimeUser })
        #expect(item.attributes["isRoot"] == .flag(isRoot))
        #expect(item.attributes["name"] == .text(name))
        #expect(item.place.config == "User")
    }

    @Test("ports and volumes are listed")
    func portsAndVolumes() throws {
        let configuration = Samples.configuration(exposedPorts: ["22/tcp"], volumes: ["/data"])
        let items = try Samples.scanner().inspect(configuration).items
        #expect(items.contains { $0.type == .exposedPort && $0.attributes["port"] == .text("22/tcp") })
        #expect(items.contains { $0.type == .volume && $0.title == "/data" })
    }
}
