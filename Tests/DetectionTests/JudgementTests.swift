import FoundationEssentials
import Model
import TestSupport
import Testing

@testable import Detection

/// What tells a secret from the words, names and references that stand where secrets do.
@Suite("The judgement of values")
struct JudgementTests {
    private static let assignment = Samples.rule(
        pattern: #"key=([^\s]+)"#, prefix: "", minimumSurprise: 4.4, isAssigned: true)

    private static let word = Samples.rule(
        pattern: #"key=([^\s]+)"#, prefix: "", minimumSurprise: 2, isAssigned: true)

    private static let random = Samples.rule(pattern: #"key=([^\s]+)"#, prefix: "", minimumEntropy: 2)

    @Test(
        "references, placeholders, paths and names are no secrets",
        arguments: [
            "${NAME}", "$NAME_OF_IT", "%(name)s", "<name>", "{{name}}", "get_name()", "Name::OF_IT",
            "/etc/app/key",
            "https://host/path9", "someone@corp.com", "changeme-9x7q2", "p4ssw0rd-Zk9", "xxxxxxxx9kQ",
            "123456789kQz", "%s-Kq7x2Zp", "Kq7x2Zp9%d",
            "2YotnFZFEjr1zCsicMWpAA", "9djdj82h48djs9d2",
            #"password\s*=\s*[^x]9Zk"#, "/Users/robin/KeyStoreOf2024", "/opt/Corp9/AccessKeys/Kq7",
            "getAccessFromRequest", "org.corp.settings.name", "access_for_all_users", "Zugriffsrechte",
        ])
    func none(value: String) throws {
        #expect(try Samples.scanner([Self.assignment]).findings(in: "key=\(value)").isEmpty)
    }

    @Test("letters alone may have to surprise more than what has digits and signs")
    func lettersAlone() throws {
        let rule = Samples.rule(
            pattern: #"key=([^\s]+)"#, prefix: "", minimumSurprise: 2, minimumLetterSurprise: 4,
            isAssigned: true)
        let scanner = try Samples.scanner([rule])
        #expect(scanner.findings(in: "key=qxkzvwjtphwd").count == 1)
        #expect(scanner.findings(in: "key=Lighthouse79").count == 1)
        #expect(scanner.findings(in: "key=lighthouses").isEmpty)
    }

    @Test(
        "a password may hold the name of one, where enough of it stands beside",
        arguments: [
            "S3cr3tPurple23$", "Passw0rdThomas46&", "Secret#4471x", "Test#Kx9vLm2q", "Passion2019!",
            "P@ssOliver17#", "Sup3rMarbleS3cret!82", "testKx9vLm2qPz",
        ])
    func named(value: String) throws {
        #expect(try Samples.scanner([Self.word]).findings(in: "key=\(value)").count == 1)
    }

    @Test(
        "a name with little beside it is none, however it is written",
        arguments: [
            "P@ssw0rd1!", "Password2019!", "TestUser123!", "MyS3cretP@ss1!", "SuperSecret123!", "Qwerty123!",
            "getPasswordField2", "user_password_2", "resetTokenKey1", "Your#Secret4471x", "Change.Me1!",
            "WrongPass1!", "Kennwort2", "KluczAPI",
        ])
    func nameAlone(value: String) throws {
        #expect(try Samples.scanner([Self.word]).findings(in: "key=\(value)").isEmpty)
    }

    @Test(
        "digits of a digest or a UUID are a secret where a name says so",
        arguments: ["4D181CAB-4CE3-47A3-8F2B-8AB11BB6A227", "3a9e334456c8405c00d013914953"])
    func hexadecimal(value: String) throws {
        let scanner = try Samples.scanner([Self.assignment])
        #expect(scanner.findings(in: "key=\(value)").count == 1)
        #expect(scanner.findings(in: "key=\(value.dropLast(10))").isEmpty)
    }

    @Test(
        "digits behind an issuer's mark are a secret, and fewer number something",
        arguments: [
            ("key_8f1c0a97be35d42e6a1b9c04d7", "key_8f10a97be35d"),
            ("waka_4d181cab-4ce3-47a3-8f2b-8ab11bb6a227", "waka_4d181cab-4433"),
        ])
    func marked(value: String, number: String) throws {
        let scanner = try Samples.scanner([Self.assignment])
        #expect(scanner.findings(in: "key=\(value)").count == 1)
        #expect(scanner.findings(in: "key=\(number)").isEmpty)
    }

    @Test(
        "a text in base64 may begin as a path does",
        arguments: [
            "/uv6qnbCvmpfJp90L3remanpGkOBYLyj", "/k3Tq9ZxPw2Lm", "/ZkC6lQ9x+w2Lm4Tn8VdKq7==",
            "/kX/9fQ2vLp7Zq3RtKw8=",
        ])
    func slashed(value: String) throws {
        #expect(try Samples.scanner([Self.assignment]).findings(in: "key=\(value)").count == 1)
    }

    @Test(
        "what names a secret is none, whatever rule finds it",
        arguments: [
            "$DB_PASSWORD", "$password", "$dbPassword", "${PW:-x}", "$(cat", "%DB_PASS%", "%(pw)s",
            "{{vault.pw}}",
            "{password}", "<password>", "[password]", "(password)", "*****", "*db_password",
            "pre-${SUFFIX}", "@ldap.password@", "{cipher}9f2Kq7", "#{SqlPassword}", "$opt{w}", "$row['pw']",
            "%(secret:db_password)s", "@Microsoft.KeyVault(SecretUri=x)",
        ])
    func references(value: String) throws {
        #expect(try Samples.scanner([Self.random]).findings(in: "key=\(value)").isEmpty)
    }

    @Test(
        "what is as full of signs as generators make it is no code, and code is none",
        arguments: [
            ("mzq%s()x9&^2)4rwxkvqhoyzqu4$_y5gw", true), ("&&d1c3mygpcux2hfhrgn@{rlfnqfws!9egj", true),
            ("H):TRQ%C<$(ghYDjqk=<=Xi3vbx", true), ("getPassword($user1,&$name2)->value()", false),
            ("${input:password2}.trim()&&x", false), ("foo(bar1)->baz[qux%s]", false),
        ])
    func signs(value: String, isSecret: Bool) throws {
        #expect(try Samples.scanner([Self.assignment]).findings(in: "key=\(value)").isEmpty != isSecret)
    }

    @Test(
        "a password may begin as a reference does",
        arguments: [
            "$Kx9mQ2vLp7", "%40Kx9mQ2vL", "*Kx9mQ2vLp7", "(Kx9m,Q2vL", "<Kx9m;Q2vL", "{Kx9m!Q2vL",
            "$(^Kx9mQ2", "$2b$12$Kq7x2Zp9",
        ])
    func beginnings(value: String) throws {
        #expect(try Samples.scanner([Self.random]).findings(in: "key=\(value)").count == 1)
    }

    @Test(
        "what everybody tries first, a name between marks and a file's name are no passwords",
        arguments: ["tiger1", "Oracle2019", "%DB_NAME_9%", "!Sql_Pw9!", "harbour9.key", "Kq7x2Zp9.txt"])
    func common(value: String) throws {
        #expect(try Samples.scanner([Self.word]).findings(in: "key=\(value)").isEmpty)
        #expect(try Samples.scanner([Self.word]).findings(in: "key=\(value)x7Kq").count == 1)
    }

    @Test(
        "a word of prose, its digest, the place of a key and a piece of code are no passwords, and what only looks so is one",
        arguments: [
            ("Jelszavad:", "Jelsz4vad:"), ("Swang-nwuai", "swAng-nwuai"),
            ("5f4dcc3b5aa765d61d8327deb882cf99", "5f4dcc3b5aa765d61d8327deb882cf98"),
            ("7288EDD0FC3FFCBE93A0CF06E3568E28521687BC", "7288EDD0FC3FFCBE93A0CF06E3568E28521687BD"),
            ("pkcs11:id=7371;object=rsa9", "pkcs11:id=7371;pin-value=Kq7x2"), ("0x102Af3", "0x102Ag3"),
            ("$name:$group9:$x", "$nAm3:$group9:$x"), ("'.$num9x.'", "'.$num9x."),
            ("p%40ssword9", "p%40kestr9L"), ("aB3dK7Lq9Zp2Xw5v/EXAMPLE==", "aB3dK7Lq9Zp2Xw5v/EXAMPXE=="),
            ("YWJjZGVmZ2hpamtsbW5vcHFyc3R1dg==", "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dgx="),
        ])
    func everyday(value: String, secret: String) throws {
        #expect(try Samples.scanner([Self.word]).findings(in: "key=\(value)").isEmpty)
        #expect(try Samples.scanner([Self.word]).findings(in: "key=\(secret)").count == 1)
    }

    @Test(
        "what everybody tries first is a password in a file that exists to hold some",
        arguments: ["tiger1", "Oracle2019"])
    func commonInStore(value: String) throws {
        let store = Samples.rule(pattern: #"key=([^\s]+)"#, prefix: "", minimumEntropy: 2, isAssigned: true)
        #expect(try Samples.scanner([store]).findings(in: "key=\(value)").count == 1)
    }

    @Test(
        "what an address encodes is judged as it reads decoded",
        arguments: ["p%61ss", "%70ass%77ord", "%70%61%73%73"])
    func encoded(value: String) throws {
        let rule = Samples.rule(
            pattern: #"key=([^\s]+)"#, prefix: "", allow: ["^pass(?:word)?$"])
        #expect(try Samples.scanner([rule]).findings(in: "key=\(value)").isEmpty)
        #expect(try Samples.scanner([rule]).findings(in: "key=\(value)%21").count == 1)
    }

    @Test("a long key may begin with a bracket, a short value in brackets is a reference")
    func bracket() throws {
        var random = SeededGenerator(seed: 6)
        let scanner = try Samples.scanner([Self.assignment])
        #expect(scanner.findings(in: "key=(\(random.letters(44))").count == 1)
        #expect(scanner.findings(in: "key=(\(random.letters(16)))").isEmpty)
        #expect(scanner.findings(in: "key=*/\(random.letters(20)).d={},\(random.letters(20))").isEmpty)
    }

    @Test("a per cent sign within a password makes no format of it")
    func perCent() throws {
        #expect(try Samples.scanner([Self.assignment]).findings(in: "key=aB%d9xK%s2Lq7Zp").count == 1)
    }

    @Test("the base64 of words is no secret, and that of a secret is one")
    func base64() throws {
        let scanner = try Samples.scanner([Self.assignment])
        var random = SeededGenerator(seed: 8)
        let client = "5229dcd3ac3845208b496649092f251b:e3bd2d3e-bf8c-4857-9e7d-f3d947d220c7"
        let words = ["this is not a real value", "Not my actual password", "initial_registration_token"]
        for (text, count) in words.map({ ($0, 0) }) + [(random.letters(18), 1), (client, 1)] {
            let encoded = Data(text.utf8).base64EncodedString()
            #expect(scanner.findings(in: "key=\(encoded)").count == count)
        }
    }

    @Test("what a generator makes is a secret, nearly always")
    func random() throws {
        let scanner = try Samples.scanner([Self.assignment])
        var random = SeededGenerator(seed: 3)
        let found = (0..<200).count { _ in scanner.findings(in: "key=\(random.letters(16))").count == 1 }
        #expect(found >= 190)
    }

    @Test(
        "what everybody is shown as an example is no secret, whatever rule finds it",
        arguments: [
            "JBSWY3DPEHPK3PXP", "192B9BDD22AB9ED4D12E236C78AFCB9A393EC15F71BBF5DC987D54727823BCBF",
            "tok_abcdefghijZ9k2Lq7XvB", "tok_0123456789Z9k2Lq7XvB",
        ])
    func published(value: String) throws {
        let scanner = try Samples.scanner([Self.random])
        #expect(scanner.findings(in: "key=\(value)").isEmpty)
        #expect(scanner.findings(in: "key=\(value.dropFirst(9))").count == 1)
    }

    @Test("a token of which eight characters are an X is masked")
    func masked() throws {
        let scanner = try Samples.scanner([Self.random])
        #expect(scanner.findings(in: "key=Kq7x2Zp9LmB4XXXXXXXX").isEmpty)
        #expect(scanner.findings(in: "key=Kq7x2Zp9LmB4XXX9XXXX").count == 1)
    }

    @Test("nine characters that count up are a number in front of a token, and ten a password by themselves")
    func number() throws {
        let scanner = try Samples.scanner([Self.random])
        #expect(scanner.findings(in: "key=123456789-Z9k2Lq7XvB").count == 1)
        #expect(scanner.findings(in: "key=0123456789").count == 1)
    }

    @Test("credentials of HTTP are told by what they decode to")
    func basic() throws {
        let rule = Samples.rule(
            pattern: "Basic ([A-Za-z0-9+/=]+)", prefix: "", checksum: .basicCredentials)
        let scanner = try Samples.scanner([rule])
        var random = SeededGenerator(seed: 5)
        for (text, count) in [("ci:\(random.letters(14))", 1), ("ci:password", 0), ("no-colon-in-it-9", 0)] {
            let encoded = Data(text.utf8).base64EncodedString()
            #expect(scanner.findings(in: "Basic \(encoded)").count == count)
        }
    }

    @Test("the group of the alternative that matched is the secret")
    func alternatives() throws {
        let rule = Samples.rule(pattern: "first=([a-z0-9]{8})|second=([a-z0-9]{8})", prefix: "")
        let findings = try Samples.scanner([rule]).findings(in: "first=ab12cd34 second=ef56gh78")
        #expect(findings.map(\.place.length) == [8, 8])
    }
}
