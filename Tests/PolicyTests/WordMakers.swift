import TestSupport

/// Passwords that people choose, and those beside the names of their accounts.
enum WordMakers {
    /// Where files have to be for the rules on them.
    static let places = [
        "assigned.plain-line": "srv/app.yml", "assigned.section-key": "srv/app.ini",
        "assigned.markdown-column": "srv/README.md", "assigned.told-login": "srv/notes.txt",
        "assigned.phrase-line": "srv/.env",
    ]

    static let makers: [String: PairMakers.Maker] = named.merging(beside) { first, _ in first }

    private static let named: [String: PairMakers.Maker] = [
        "assigned.plain-word": { random in
            let form = [
                "password: \"", "DB_PASSWORD = '", "\"pw\": \"", "define('SMTP_PASS', '", "set :db_pass, '",
                "#define WIFI_PASSWORD \"", "let password: String = \"", "if password == \"",
                "props.put(\"mail.smtp.password\", \"", "password: Final[str] = \"",
            ].randomElement(using: &random)
            let quote = form?.last.map(String.init) ?? ""
            return "\(form ?? "")\(word(&random))\(quote)"
        },
        "assigned.plain-line": { random in
            let form = [
                "db.password=", "  - pw: ", "export DB_PASS=", "user: ops\nport: 22\npass: ", "Pwd = ",
            ].randomElement(using: &random)
            return "\n\(form ?? "")\(word(&random))\n"
        },
        "assigned.plain-element": { random in
            let form = [
                "<password>", "<add key=\"FtpPassword\" value=\"", "<key>password</key>\n<string>",
                "<property name=\"db.password\">",
            ].randomElement(using: &random)
            let end = form?.last == ">" ? "</" : "\""
            return "\(form ?? "")\(word(&random))\(end)"
        },
        "sql.plain-password": { random in
            let form = [
                "IDENTIFIED BY '", "ALTER ROLE app WITH LOGIN PASSWORD '",
                "OPTIONS (user 'fdw', password '", "SET PASSWORD FOR 'a'@'%' = PASSWORD('",
                "SELECT pgp_sym_encrypt(note, '", "EXEC sp_addlogin 'app', '",
            ].randomElement(using: &random)
            return "\(form ?? "")\(word(&random))'"
        },
        "oracle.connect-command": { random in "\nCONNECT app/\(word(&random))@//db1:1521/shop\n" },
        "database.plain-string": { random in "\"Server=db;Uid=sa;Database=shop;Pwd=\(word(&random));\"" },
        "assigned.phrase": { random in "passphrase: \"\(phrase(&random))\"" },
        "assigned.phrase-line": { random in "\nexport GPG_PASSPHRASE=\"\(phrase(&random))\"\n" },
    ]

    private static let beside: [String: PairMakers.Maker] = [
        "assigned.plain-login": { random in
            let form = [
                "requests.get(url, auth=(\"ops\", \"", "new PDO($dsn, 'app', \"",
                "mysqli_connect($host, $user, \"", "ssh.connect(\"10.1.2.3\", 22, \"pi\", \"",
            ].randomElement(using: &random)
            return "\(form ?? "")\(word(&random))\")"
        },
        "assigned.plain-setter": { random in
            let form = [
                ".password(\"{noop}", "ssh.Password(\"", "generate_password_hash(\"", "redis:auth(\"",
            ].randomElement(using: &random)
            return "\(form ?? "")\(word(&random))\")"
        },
        "command.plain-login": { random in
            let form = [
                "curl -s -u ci:", "mysqldump -u root -p", "lftp -u ci,", "net rpc -U 'admin%",
            ].randomElement(using: &random)
            return Bool.random(using: &random)
                ? "\n\(form ?? "")\(word(&random)) x\n" : "\necho root:\(word(&random)) | chpasswd\n"
        },
        "assigned.auth-pair": { random in
            Bool.random(using: &random)
                ? "{\"auth\": [\"svc\", \"\(word(&random))\"]}" : "credentials = ('svc', '\(word(&random))')"
        },
        "assigned.user-table": { random in
            Bool.random(using: &random)
                ? "USERS = {\n    'ops': '\(word(&random))',\n}"
                : "users = map[string]string{\"ops\": \"\(word(&random))\"}"
        },
        "assigned.section-key": { random in
            "\n[api]\nurl = x\nkey = \"4k\(random.consonants(28))\"\n"
        },
        "assigned.markdown-column": { random in
            Bool.random(using: &random)
                ? "\n| user | password |\n|---|---|\n| ops | \(word(&random)) |\n"
                : "\n| Env | User | Pass |\n|:--|--|--|\n| x | ops | `\(word(&random))` |\n"
        },
        "assigned.told-login": { random in
            let form = ["The root password is ", "VPN pw: ", "as app with password ", "gmail: a@corp.com / "]
                .randomElement(using: &random)
            return "\n\(form ?? "")\(word(&random))#2k\n"
        },
    ]

    /// With a digit in it, so that no name is made of two words.
    private static func word(_ random: inout SeededGenerator) -> String { "kq7\(random.consonants(8))" }

    private static func phrase(_ random: inout SeededGenerator) -> String {
        ["kettle", "lantern", "harbour", "tulip", "walnut", "gravel"].shuffled(using: &random).prefix(4)
            .joined(separator: " ")
    }
}
