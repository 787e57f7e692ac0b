@testable import Detection
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

    @Test("a secret that a file holds is masked where a history line repeats it, and no word around it")
    func knownFromFile() throws {
        let rule = Samples.rule(pattern: #"password (\S+)"#, prefix: "", paths: ["**/.netrc"])
        let scanner = try Samples.scanner([rule])
        let found = scanner.findings(in: "login ci password s3cr#t.9", path: "root/.netrc")
        let configuration = Samples.configuration(history: [
            "RUN echo 'password s3cr#t.9' > ~/.netrc", "RUN s3cr#t.90 s3cr#t",
        ])
        let masked = scanner.maskedFields(of: configuration, knowing: found)
        #expect(masked["history/0"] == "RUN echo 'password …' > ~/.netrc")
        #expect(masked["history/1"] == "RUN s3cr#t.90 s3cr#t")
    }

    @Test(
        "a secret that a file holds is masked in names and in others' words, in plain or encoded",
        arguments: [
            "s3cr#t.9Kx2", "czNjciN0LjlLeDI", "YTpzM2NyI3QuOUt4Mg==", "s3cr%23t.9Kx2",
            "7333637223742e394b7832",
            "73:33:63:72:23:74:2E:39:4B:78:32",
        ])
    func knownInNames(written: String) throws {
        let rule = Samples.rule(pattern: #"password (\S+)"#, prefix: "", paths: ["**/.netrc"])
        let scanner = try Samples.scanner([rule])
        let found = scanner.findings(in: "login ci password s3cr#t.9Kx2", path: "root/.netrc")
        let name = "/app/\(written)/ca.key"
        let masked = scanner.maskedNames([name, "/app/7333637223/ca.key"], knowing: found)
        #expect(masked.keys.sorted() == [name])
        #expect(masked[name]?.contains("…") == true)
        let known = KnownSecrets(found, key: Samples.key)
        let words = scanner.mask("found \(written) here", knowing: known)
        #expect(words.contains("…") && words.hasPrefix("found ") && words.hasSuffix(" here"))
    }

    @Test("a short secret of one field is masked in the others where it stands by itself")
    func shortSecret() throws {
        let rule = Samples.rule(pattern: "^[^=]+=(.+)$", prefix: "", fields: ["Env/*PASSWORD*"])
        let configuration = Samples.configuration(
            environment: [("PASSWORD", "k7Qz9")], history: ["ENV PASSWORD=k7Qz9", "RUN ak7Qz9b"])
        let masked = try Samples.scanner([rule]).maskedFields(of: configuration)
        #expect(masked["history/0"] == "ENV PASSWORD=…")
        #expect(masked["history/1"] == "RUN ak7Qz9b")
    }

    @Test("where rules disagree how far a secret reaches, all of it is masked")
    func overlap() throws {
        let wide = Samples.rule(
            id: "test.wide", confidence: .low, pattern: #"key=(\S+)"#, prefix: "")
        let token = Samples.token(1)
        let masked = try Samples.scanner([Samples.rule(), wide]).mask("x key=left-\(token)-right y")
        #expect(masked == "x key=tok_… (24 characters) y")
    }

    @Test("what the image's less known fields hold is looked at")
    func lessKnownFields() throws {
        let token = Samples.token(1)
        let configuration = ImageConfiguration(
            user: token, environment: [], labels: [], command: [], entrypoint: [], healthcheck: [],
            workingDirectory: "/\(token)", exposedPorts: [token], volumes: ["/\(token)"], author: nil,
            history: [.init(createdBy: nil, created: nil, comment: nil, author: token, emptyLayer: true)],
            onBuild: ["RUN \(token)"], shell: ["sh", token], stopSignal: token, annotations: [("a", token)])
        let fields = try Samples.scanner().inspect(configuration).findings.compactMap(\.place.config)
        #expect(
            Set(fields) == [
                "User", "WorkingDir", "ExposedPorts/\(token)", "Volumes//\(token)", "OnBuild/0", "Shell",
                "StopSignal", "Annotations/a", "history/0/author",
            ])
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

    @Test("a field in which there are more secrets than are noted is not shown, whichever of them were")
    func flooded() throws {
        let rules = [
            Samples.rule(), Samples.rule(id: "test.other", pattern: "late_[a-z]{12}", prefix: "late_"),
        ]
        let text = "late_abcdefghijkl " + String(repeating: Samples.token() + " ", count: 5_300)
        let scanner = try Samples.scanner(rules)
        let configuration = Samples.configuration(labels: [("note", text)])
        #expect(scanner.maskedFields(of: configuration)["Labels/note"]?.hasPrefix("… (not shown") == true)
        #expect(scanner.mask(text).hasPrefix("… (not shown"))
    }

    @Test("more secrets than can be looked for in one another's fields are all not shown")
    func tooManySecrets() throws {
        let environment = (0..<8_000).map { ("T\($0)", Samples.token(UInt64($0))) }
        let configuration = Samples.configuration(environment: environment)
        let masked = try Samples.scanner().maskedFields(of: configuration)
        #expect(masked.count == Set(configuration.fields.map(\.name)).count)
        #expect(masked.values.allSatisfy { $0.hasPrefix("… (not shown") })
    }
}
