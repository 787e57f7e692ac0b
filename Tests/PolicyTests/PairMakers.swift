import FoundationEssentials
import TestSupport

/// Secrets in pairs, lists and over lines, for the rules that propose by less than their patterns.
enum PairMakers {
    typealias Maker = @Sendable (inout SeededGenerator) -> String

    /// Where files have to be for the rules on them.
    static let places = [
        "assigned.block-value": "srv/values.yaml", "database.inserted-setting": "srv/dump.sql",
        "database.copied-password": "srv/dump.sql",
    ]

    static let makers: [String: Maker] = fields.merging(lists) { first, _ in first }
        .merging(commands) { first, _ in first }.merging(generated) { first, _ in first }
        .merging(placed) { first, _ in first }

    private static let fields: [String: Maker] = [
        "assigned.quoted-password": { random in
            let name = ["mdp", "db_password", "\"pw\"", "haslo", "userPw"].randomElement(using: &random)
            return " \(name ?? "") = '4k\(random.consonants(18))'"
        },
        "assigned.block-password": { random in
            Bool.random(using: &random)
                ? "passwords = {'root@10.1.2.3': '4kRt\(random.consonants(8))'}"
                : "add_argument(\"--password\", default=\"4kRt\(random.consonants(8))\")"
        },
        "assigned.pair-value": { random in
            let form = [
                "{\"name\":\"DB_PASSWORD\",\"value\":\"",
                "\"ParameterKey\": \"DbPassword\", \"ParameterValue\": \"",
                "name  = \"auth.token\"\n  value = \"",
                "\"name\": \"API_KEY\",\n \"slot\": false,\n \"value\": \"",
            ].randomElement(using: &random)
            return "\(form ?? "")4k\(random.consonants(18))\"}\n"
        },
        "assigned.pair-word": { random in
            "{\"name\":\"DB_PASSWORD\",\"value\":\"4kRt\(random.consonants(8))\"}"
        },
        "assigned.pair-reversed": { random in
            let isYAML = Bool.random(using: &random)
            return isYAML
                ? "- value: \"4k\(random.consonants(18))\"\n  name: API_TOKEN\n"
                : "{\"value\":\"4k\(random.consonants(18))\",\"name\":\"DB_PASSWORD\"}"
        },
        "assigned.pair-element": { random in
            "<name>DB_PASSWORD</name>\n <defaultValue>4k\(random.consonants(18))</defaultValue>"
        },
        "assigned.inner-value": { random in
            let form = ["debug db_password=", "curl -d 'user=a&api_token=", "java -Dapi.key="]
                .randomElement(using: &random)
            return "\(form ?? "")4k\(random.consonants(28)) and more"
        },
        "assigned.query-password": { random in
            "https://x.corp.com/cb?db_password=4kRt\(random.consonants(8))&x=1"
        },
        "assigned.quoted-phrase": { random in
            Bool.random(using: &random)
                ? "password = \"k3Tq\(random.digits(1)) 9Zx\(random.consonants(6))!\""
                : "db_password: \"7ßq-4k\(random.consonants(9))!\""
        },
    ]

    private static let lists: [String: Maker] = [
        "assigned.argument-list": { random in
            let form = [
                "[\"app\", \"--password\", \"", "\"--api-key\",\n \"", "args:\n  - --db-token\n  - \"",
            ]
            .randomElement(using: &random)
            return "\(form ?? "")4k\(random.consonants(18))\"\n"
        },
        "assigned.argument-word": { random in
            Bool.random(using: &random)
                ? "[\"--db-password\",\"4kRt\(random.consonants(8))\"]"
                : "args:\n- --password\n- 4kRt\(random.consonants(8))\n"
        },
        "assigned.block-value": { random in
            let form = ["password: >-\n  ", "api_token: |\n  ", "secret:\n  value: ", "passwords:\n  - "]
                .randomElement(using: &random)
            return "\n\(form ?? "")4k\(random.consonants(18))\nuser: x\n"
        },
        "assigned.listed-secret": { random in
            let form = ["\"api_tokens\":[\"", "apiKeys = [\n  '", "{\"cookie\":{\"keys\":[\""]
                .randomElement(using: &random)
            return "\(form ?? "")4k\(random.consonants(38))\(form?.hasSuffix("'") == true ? "'" : "\"")]"
        },
        "database.inserted-setting": { random in
            "(12,'mailserver_pass','4k\(random.consonants(14))','yes')"
        },
        "database.copied-password": { random in
            "\nCOPY public.users (id, name, password) FROM stdin;\n1\tbob\t4k\(random.consonants(14))\n\\.\n"
        },
    ]

    private static let commands: [String: Maker] = [
        "command.sed-value": { random in
            "sed -i 's/^DB_PASSWORD=.*/DB_PASSWORD=4k\(random.consonants(14))/' .env"
        },
        "command.tool-word-password": { random in
            let form = [
                "/opt/bin/add-user.sh admin ", "http -a admin:", "useradd -m -p ", "tsql -S h -U sa -P ",
            ]
            .randomElement(using: &random)
            return "\n\(form ?? "")4kRt\(random.consonants(8)) -s\n"
        },
        "command.answered-prompt": { random in
            "child.expect('password:')\nchild.sendline('4kRt\(random.consonants(8))')"
        },
    ]

    private static let generated: [String: Maker] = [
        "assigned.quoted-generated": { random in
            let form = ["db_password = \"", "\"clientSecret\": \"", "API_KEY=\""].randomElement(
                using: &random)
            return "\(form ?? "")4kR<\(random.consonants(8))&\(random.consonants(8))\""
        },
        "assigned.line-generated": { random in
            let form = ["db.password = ", "SMTP_PASS=", "pwd: "].randomElement(using: &random)
            return "\n\(form ?? "")4kR;&\(random.consonants(8))+;&\(random.consonants(8))\n"
        },
        "assigned.inner-generated": { random in
            let form = ["Uid=a;Pwd=", "User Id=a; Password = "].randomElement(using: &random)
            return "\(form ?? "")4kR<\(random.consonants(8))&\(random.consonants(8));"
        },
    ]

    private static let placed: [String: Maker] = [
        "assigned.quoted-letters": { random in
            let form = ["db_password = \"", "setSecret(\"", "('apiKey', '", "ENV.fetch('TOKEN') { '"]
                .randomElement(using: &random)
            return "\(form ?? "")\(letters(10, &random))\(form?.contains("'") == true ? "'" : "\"")"
        },
        "assigned.line-letters": { random in
            let form = ["db_password: ", "--password=", "<password>", "https://robin:"]
                .randomElement(using: &random)
            let end = ["<password>": "</password>", "https://robin:": "@git.corp.com"][form ?? ""] ?? "\n"
            return "\n\(form ?? "")\(letters(12, &random))\(end)"
        },
        "assigned.placed-argument": { random in
            let form = [
                "PlainAuth(\"\", \"a@corp.com\", \"", "NetworkCredential(\"a\", \"", "basic_auth \"a\", \"",
                "{db_password, \"", "set :password, \"", "hmac.New(sha256.New, []byte(\"",
            ].randomElement(using: &random)
            return "\(form ?? "")4k\(random.consonants(18))\""
        },
        "assigned.perl-quoted": { random in
            let isBrace = Bool.random(using: &random)
            let secret = "4k\(random.consonants(18))"
            return isBrace ? "my $api_key = q{\(secret)};" : "(passwd => q(\(secret)))"
        },
        "assigned.salt": { random in
            let isQuoted = Bool.random(using: &random)
            let secret = "4k\(random.consonants(18))"
            return isQuoted ? "$hash_salt = '\(secret)';" : "\nsalt: \(secret)\n"
        },
        "assigned.bare-key": { random in
            let isPHP = Bool.random(using: &random)
            let secret = "4kR\(random.consonants(28))"
            return isPHP ? "'key' => '\(secret)'," : "var key = \"\(secret)\""
        },
    ]

    /// Such as no word is made of, and not few kinds of them.
    private static func letters(_ count: Int, _ random: inout SeededGenerator) -> String {
        "qzxvk"
            + (5..<count).map { index in
                String((index.isMultiple(of: 2) ? "qxzj" : "vwfg").randomElement(using: &random) ?? "q")
            }.joined()
    }
}
