import Cryptography
import Detection
import FoundationEssentials
import Model
import TestSupport
import Testing

/// What a rule is proposed by must stand in every secret of its kind, and not only in its examples.
@Suite("The prefilters of shipped detectors")
struct PrefilterTests {
    private static let makers = others.merging(PairMakers.makers) { first, _ in first }
        .merging(WordMakers.makers) { first, _ in first }
        .merging(ToolMakers.makers) { first, _ in first }
        .merging(FormMakers.makers) { first, _ in first }

    private static let others: [String: PairMakers.Maker] = [
        "discord.bot-token": { random in
            let number = UInt64.random(in: 10_000_000_000_000_000...9_999_999_999_999_999_999, using: &random)
            let encoded = Data("\(number)".utf8).base64EncodedString().replacing("=", with: "")
            return "\(encoded).\(random.text(6)).\(random.text(Bool.random(using: &random) ? 27 : 38))"
        },
        "azure.client-secret": { random in
            "\(random.text(3))\(random.digits(1))Q~\(random.text(Int.random(in: 31...34, using: &random)))"
        },
        "bitwarden.secrets-manager-token": { random in
            let id = [8, 4, 4, 4, 12].map { random.hex($0) }.joined(separator: "-")
            return "0.\(id).\(random.text(30)):\(random.text(22))=="
        },
        "google.service-account-key": { random in
            let lines = (0..<5).map { _ in random.text(64) }.joined(separator: "\\n")
            let key = "-----BEGIN PRIVATE" + " KEY-----\\n\(lines)\\n-----END PRIVATE" + " KEY-----"
            return "{\"type\": \"service_account\", \"private_key\": \"\(key)\\n\"}"
        },
        "stripe.secret-key": { random in "sk_" + "live_4\(random.text(23))" },
        "supabase.service-role-key": { random in
            let words =
                #"{"ref":"\#(random.text(Int.random(in: 3...8, using: &random)))","role":"service_role"}"#
            let payload = Data(words.utf8).base64EncodedString().replacing("=", with: "")
            return "eyJhbGciOiJIUzI1NiJ9.\(payload).\(random.text(43))"
        },
        "twilio.login-call": { random in "Client(\"AC\(random.hex(32))\", \"\(random.hex(32))\")" },
        "command.login-word": { random in "wandb login \(random.hex(40))\n" },
        "asana.personal-access-token": { random in
            let second = Bool.random(using: &random) ? "/" + random.digits(16) : ""
            return "\(Int.random(in: 1...2, using: &random))/\(random.digits(16))\(second):\(random.hex(32))"
        },
        "kubernetes.secret-value": { random in
            let value = Data("4k\(random.text(20))".utf8).base64EncodedString()
            return Bool.random(using: &random)
                ? "\nkind: Secret\ntype: Opaque\ndata:\n  username: cm9iaW4=\n  smtp: \(value)\n"
                : "\napiVersion: v1\ndata:\n  smtp: \(value)\nkind: Secret\nmetadata:\n  name: mail\n"
        },
        "kubernetes.secret-json": { random in
            let data = "\"data\": {\"smtp\": \"\(Data("4k\(random.text(20))".utf8).base64EncodedString())\"}"
            return Bool.random(using: &random)
                ? "{\"kind\": \"Secret\", \(data)}" : "{\(data), \"kind\": \"Secret\"}"
        },
        "assigned.quoted-secret": { random in "api_key\": \"4\(random.text(38))" },
        "assigned.call-argument": { random in "setToken(\"4\(random.text(70))" },
        "assigned.environment-variable": { random in "\nexport DB_PASSWORD=4\(random.text(38))" },
        "assigned.complex-password": { random in
            "password\": \"Kq#\(random.digits(4))$Zx\(random.digits(3))"
        },
        "assigned.complex-line-password": { random in
            "\ndb.password = Kq#\(random.digits(4))$Zx\(random.digits(3))\n"
        },
        "assigned.line-password": { random in
            let name = ["db.passwd", "SMTP_PASS", "export pass", "user_password_prod"]
                .randomElement(using: &random)
            return "\n\(name ?? "")\(Bool.random(using: &random) ? "=" : ":  ")4k\(random.text(38))\n"
        },
        "assigned.line-secret": { random in
            let name = ["api.key", "client_secret", "jwt-key2", "token_value"].randomElement(using: &random)
            return "\n\(name ?? "")\(Bool.random(using: &random) ? "=" : ":  ")4k\(random.text(38))\n"
        },
        "assigned.xml-value": { random in
            let isValue = Bool.random(using: &random)
            return isValue
                ? "<property name=\"apiKey\"> <value>\n 4k\(random.text(38))</value>"
                : "<db.password>4k\(random.text(38))</db.password>"
        },
        "assigned.xml-attribute": { random in
            let form = ["apiKey\" value=\"", "\"secret\", \"value\": \"", "DB_PASSWORD,\n  value: "]
                .randomElement(using: &random)
            let isQuoted = form?.hasSuffix("\"") == true
            return "\(form ?? "")4k\(random.text(38))\(isQuoted ? "\"" : "")\n"
        },
        "command.database-word-password": { random in
            "\nmysql -u app -pKestrel\(random.digits(4))x shop\n"
        },
        "command.login-word-password": { random in
            "\ncurl -u ci:Kestrel-\(random.digits(4))x https://repo.corp.com/x\n"
        },
        "command.service-word-password": { random in
            "\nipmitool -H 192.0.2.1 -U ADMIN -P Kestrel-\(random.digits(4))x power\n"
        },
        "command.set-word-password": { random in
            "\necho 'deploy:Kestrel-\(random.digits(4))x' | chpasswd\n"
        },
        "command.account-word-password": { random in
            "\nnet user ops Kestrel-\(random.digits(4))x /add\n"
        },
        "command.piped-secure-string": { random in
            "\n'Kestrel-\(random.digits(4))x' | ConvertTo-SecureString -AsPlainText\n"
        },
        "command.key-word-password": { random in
            "\nopenssl rsa -passin pass:Kestrel-\(random.digits(4))x -in a.pem\n"
        },
        "command.word-password-option": { random in
            "\nsvn checkout --username ci --password Kestrel-\(random.digits(4))x https://svn.corp.com\n"
        },
        "command.server-password": { random in
            "\nrequirepass 4k\(random.text(22))\n"
        },
        "store.device-encoded-password": { random in
            "\n password 7 10\(random.hex(18))\n"
        },
        "store.juniper-secret": { random in
            "\nsecret \"$9$4k\(random.text(20))\";\n"
        },
        "store.device-word-password": { random in
            "\nusername netadmin privilege 15 password 0 Marble.Arch\(random.digits(4))x\n"
        },
        "store.device-hash": { random in
            "\npasswd \(random.text(16)) encrypted\n"
        },
        "store.device-snmp": { random in
            "\nsnmp-server community krill\(random.digits(4))berth RO\n"
        },
        "store.device-cipher": { random in
            "\nlocal-user ops password irreversible-cipher $1c$\(random.text(20))$\(random.text(40))\n"
        },
        "store.fortigate": { random in
            "\n        set psksecret Flint-Steel\(random.digits(4))x\n"
        },
        "password.nt-hash": { random in
            "\nsambaNTPassword: \(random.hex(32))\n"
        },
        "assigned.property-list": { random in
            "<key>auth_token</key>\n\t<string>4k\(random.text(38))</string>"
        },
        "assigned.word-password": { random in
            let name = ["password = \"", "db_pwd: '", "\"userPassword\":\""].randomElement(using: &random)
            return "\n\(name ?? "")Kestrel#\(random.hex(4))Zq7\"\n"
        },
        "assigned.stored-value": { random in
            let between = ["\u{0}\u{12}", "\u{1}", "\r\n$26\r\n", "\";s:26:\""].randomElement(using: &random)
            return "db_password\(between ?? "")K#\(random.consonants(12))!9z?Q\(random.consonants(6))\";"
        },
        "assigned.table-cell": { random in
            let between = ["\t", " | `", "</td>\n<td>"].randomElement(using: &random)
            return "DB_PASSWORD\(between ?? "")K#\(random.consonants(12))!9z?Q\(random.consonants(6))\n"
        },
        "database.inserted-password": { random in
            "insert into users (id, password) values (1, 'Kestrel#\(random.hex(4))Zq7')"
        },
        "store.network-device": { random in
            let order = [
                "enable secret 9 ", "username ops privilege 15 password 7 ", "  encrypted-password \"",
            ].randomElement(using: &random)
            return "\n\(order ?? "")$9$\(random.text(14))$\(random.text(43))"
        },
        "assigned.key-bytes": { random in
            let call = [
                "jwtSecret = Buffer.from('", "encryptionKey := []byte(`",
                "SigningKey(Encoding.UTF8.GetBytes(\"",
            ]
            .randomElement(using: &random)
            return "\(call ?? "")4k\(random.text(38))\""
        },
        "template.parameter": { random in
            Bool.random(using: &random)
                ? "\"adminPassword\": {\n  \"value\": \"4k\(random.text(24))\"\n}"
                : "\n  DBPassword:\n    Type: String\n    NoEcho: true\n    Default: 4k\(random.text(24))\n"
        },
        "store.password-export": { random in
            let hasName = Bool.random(using: &random)
            return "\n" + (hasName ? "name," : "") + "url,username,password,note\n"
                + (hasName ? "shop," : "") + "https://shop.corp.com/,robin,4k\(random.text(24)),\n"
        },
        "assigned.prose-password": { random in
            let beginning = ["the wifi password is ", "staging pwd was: ", "DB pw was: "]
                .randomElement(using: &random)
            return "\(beginning ?? "")4k\(random.text(60)).\n"
        },
        "assigned.macro": { random in
            let name = ["WIFI_PASSWORD", "api_key", "MQTT_PASS "].randomElement(using: &random)
            return "\n#define \(name ?? "")   \"Kestrel#\(random.hex(4))Zq7\"\n"
        },
        "assigned.environment-default": { random in
            let form = [
                "os.environ.get(\"DB_PASSWORD\", '", "process.env.JWT_SECRET || '",
                "env['X'] = ${DB_PASSWORD:-",
            ]
            .randomElement(using: &random)
            return "\n\(form ?? "")Kestrel#\(random.hex(4))Zq7\(form?.hasSuffix("-") == true ? "}" : "'")\n"
        },
        "assigned.word-variable": { random in
            "docker run -e MYSQL_ROOT_PASSWORD=Kestrel#\(random.hex(4))Zq7 mysql"
        },
        "assigned.word-line-password": { random in
            let name = ["db.passwd", "SMTP_PASS", "export pass"].randomElement(using: &random)
            return "\n\(name ?? "")\(Bool.random(using: &random) ? "=" : ":  ")Kestrel#\(random.hex(4))Zq7\n"
        },
        "generic.session-key-bytes": { random in
            let joint = Bool.random(using: &random) ? "q" : ""
            return
                "app.secret_key = b'\((0..<20).map { _ in "\\x\(random.hex(2))" }.joined(separator: joint))'"
        },
        "assigned.mail-login": { random in
            let call = ["new NetworkCredential(", "smtp.login( ", "PasswordAuthentication("].randomElement(
                using: &random)
            return "\n \(call ?? "")\"robot@\(random.hex(6)).net\",\n    \"\(random.text(10))\")"
        },
        "assigned.signing-password": { random in
            let form = ["storePassword = \"", "keyPassword '", "storePassword=", "keyPassword(\""]
                .randomElement(using: &random)
            return "\n    \(form ?? "")\(random.text(10))\"\n"
        },
        "google.app-password": { random in
            let letters = Array("qxzjkvwbgpmhdtcy").shuffled(using: &random)
            let groups = stride(from: 0, to: 16, by: 4).map { String(letters[$0..<($0 + 4)]) }
            let name = ["EMAIL_HOST_PASSWORD = \"", "spring.mail.password=", "pass: \""].randomElement(
                using: &random)
            return "\n\(name ?? "")\(groups.joined(separator: Bool.random(using: &random) ? " " : ""))\"\n"
        },
        "laravel.sanctum-token": { random in "Bearer \(random.digits(3))|\(random.text(40))" },
        "command.sql-complex-password": { random in
            "ALTER USER 'app' IDENTIFIED BY 'Kq#\(random.digits(4))$Zx\(random.digits(3))'"
        },
        "assigned.base64-value": { random in
            let text = Data("4k\(random.text(Int.random(in: 14...40, using: &random)))".utf8)
            return "\n  db_password: \(text.base64EncodedString())\n"
        },
        "command.password-option": { random in
            let option = ["-Password ", "--token=", "--admin-password  ", "--secret-key="].randomElement(
                using: &random)
            return "tool \(option ?? "")4k\(random.text(38)) --yes"
        },
        "command.query-token": { random in
            let name = ["?access_token=", "&amp;apikey=", "&key="].randomElement(using: &random)
            return "https://api.corp.com/v1/x?v=3\(name ?? "")4k\(random.text(38))"
        },
        "password.assigned-hash": { random in
            let hash =
                switch Int.random(in: 0...4, using: &random) {
                case 0: "$2b$12$\(random.text(53))"
                case 1: "$y$j9T$\(random.text(22))$\(random.text(43))"
                case 2: "$6$rounds=5000$\(random.text(8))$\(random.text(86))"
                case 3: "$1$\(random.text(8))$\(random.text(22))"
                default: "$argon2id$v=19$m=65536,t=3,p=4$\(random.text(22))$\(random.text(43))"
                }
            return "\npasswd: \(hash)\n"
        },
        "password.framework-hash": { random in
            let hash =
                switch Int.random(in: 0...6, using: &random) {
                case 0: "pbkdf2_sha256$720000$\(random.text(22))$\(random.text(43))="
                case 1: "pbkdf2:sha512$\(random.text(16))$\(random.hex(128))"
                case 2: "scrypt:32768:8:1$\(random.text(16))$\(random.hex(128))"
                case 3: "scrypt$\(random.text(22))$16384$8$1$\(random.text(86))=="
                case 4: "bcrypt_sha256$$2b$12$\(random.text(53))"
                case 5: "argon2$argon2id$v=19$m=102400,t=2,p=8$\(random.text(22))$\(random.text(43))"
                default: "sha1$\(random.text(12))$\(random.hex(40))"
                }
            return "('ops', '\(hash)', 1)"
        },
        "key.carried": { random in
            let (before, behind) =
                [("# ", ""), ("-", ""), ("2026-01-01T00:00:00Z ", ""), ("", "<br>")]
                .randomElement(using: &random) ?? ("> ", "")
            let lines = (1...Int.random(in: 1...24, using: &random)).map { _ in random.text(64) }
            let name = ["RSA ", "EC ", "", "OPENSSH "].randomElement(using: &random) ?? ""
            return
                (["-----BEGIN \(name)PRIVATE KEY-----", "M" + random.text(63)] + lines
                + ["-----END \(name)PRIVATE KEY-----"]).map { before + $0 + behind }.joined(separator: "\n")
        },
        "store.machine-key": { random in
            let digits = random.hex(64).uppercased()
            return "<machineKey validation=\"SHA1\" decryptionKey=\"\(digits)\"/>"
        },
        "key-file.base64": { random in
            let mark: UInt8 = Bool.random(using: &random) ? 0xfe : 0xce
            let magic = mark == 0xfe ? [mark, 0xed, mark, 0xed] : [mark, mark, mark, mark]
            let entries: [UInt8] = [0, 0, 0, UInt8.random(in: 1...9, using: &random), 0, 0, 0, 1]
            let rest = random.bytes(Int.random(in: 60...200, using: &random) / 3 * 3 + 2)
            return Data(magic + [0, 0, 0, 2] + entries + rest).base64EncodedString()
        },
        "wallet.bitcoin-private-key": { random in
            let call = Bool.random(using: &random) ? "PrivateKeyFromWIF(" : "btc_key: "
            let version = [0x80] + random.bytes(32)
            let payload = Bool.random(using: &random) ? version + [1] : version
            return call + Base58Check.encode(payload)
        },
        "wallet.ethereum-private-key": { random in
            let name = ["PRIVATE_KEY=", "deployerKey: '", "\"privateKey\": [\"", "eth_key_main = \""]
            return "\(name.randomElement(using: &random) ?? "")0x\(random.hex(64))"
        },
        "wallet.encrypted-keystore": { random in
            let text = "\"ciphertext\": \"\(random.hex(64))\""
            let cipher = "\"cipher\" : \"aes-128-ctr\""
            return Bool.random(using: &random) ? "{\(text), \(cipher)}" : "{\(cipher),\(text)}"
        },
        "twilio.api-key": { random in "SK" + random.hex(32) },
    ]

    /// Fits the globs of those rules that are for some files only.
    private static let places = [
        "assigned.base64-value": "srv/app.yaml", "store.machine-key": "srv/web.config",
    ]

    @Test("every secret of the kind is proposed", arguments: makers.keys.sorted())
    func proposed(id: String) throws {
        let rules = try DetectorRuleTests.rules().filter { $0.id == id }
        let make = try #require(Self.makers[id])
        let scanner = try DetectorSet.compile(rules, key: FingerprintKey(bytes: [7])).makeScanner()
        let place = Self.places[id] ?? PairMakers.places[id] ?? WordMakers.places[id] ?? "srv/file"
        var random = SeededGenerator(seed: 11)
        let before = String(repeating: "nothing of note\n", count: 200)
        for number in 0..<2_000 {
            let secret = make(&random)
            // Some far from the beginning, since a match is looked for only so far back from where its end is seen.
            let content = Array("\(number < 100 ? before : "")value=\"\(secret)\"\n".utf8)
            scanner.begin(
                FileEntry(
                    path: EntryPath(place), kind: .file,
                    size: content.count,
                    mode: 0o644, owner: 0,
                    group: 0))
            scanner.scan(window: content.span, at: 0)
            let found = scanner.end().count { if case .finding = $0 { true } else { false } }
            #expect(found == 1, "\(id) misses \(secret)")
        }
    }

    @Test("every rule with a prefilter is tried here")
    func complete() throws {
        let ids = try DetectorRuleTests.rules().filter { $0.prefilter != nil }.map(\.id)
        #expect(Set(ids) == Set(Self.makers.keys))
    }
}

extension SeededGenerator {
    mutating func text(_ count: Int) -> String {
        pick(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }

    /// No words come of these, nor rows of one character, which stand for a secret.
    mutating func consonants(_ count: Int) -> String {
        var text = ""
        while text.count < count {
            let next = pick(1, "BCFGHJKMNQRVZbcfghjkmnqrvz2679")
            if text.last.map({ next != String($0) }) ?? true { text += next }
        }
        return text
    }

    mutating func hex(_ count: Int) -> String { pick(count, "0123456789abcdef") }

    mutating func digits(_ count: Int) -> String { pick(count, "0123456789") }

    mutating func pick(_ count: Int, _ alphabet: String) -> String {
        let alphabet = Array(alphabet)
        return String((0..<count).compactMap { _ in alphabet.randomElement(using: &self) })
    }
}
