import FoundationEssentials
import TestSupport

/// Passwords, keys and seeds in forms of source code, and what servers write in forms of their own.
enum FormMakers {
    static let makers: [String: PairMakers.Maker] = code.merging(servers) { first, _ in first }

    private static let servers: [String: PairMakers.Maker] = [
        "azure.request-key": { random in
            let flow = "https://p.logic.azure.com:443/workflows/\(random.hex(32))/triggers/x/paths/invoke"
            return Bool.random(using: &random)
                ? "\(flow)?sv=1.0&sig=4\(random.text(42))"
                : "https://corp.azurewebsites.net/api/x?code=\(random.text(54))=="
        },
        "settings.handed-variable": { random in
            let form = [
                "env[DB_PASSWORD] = ", "fastcgi_param API_KEY ", "passenger_env_var SECRET_TOKEN ",
            ].randomElement(using: &random)
            return "\n\(form ?? "")4k\(random.consonants(18))\n"
        },
        "settings.tagged-value": { random in "\npassword: !!str 4k\(random.consonants(18))\n" },
        "settings.session-store": { random in
            "tcp://redis:6379?database=2&auth=4k\(random.consonants(18))"
        },
        "command.recorded-option": { random in "x\0--db-password=4k\(random.consonants(18))\0" },
        "settings.coloured-value": { random in
            "\u{1B}[1mDB_PASSWORD\u{1B}[0m=\u{1B}[33m4k\(random.consonants(18))\u{1B}[0m"
        },
    ]

    private static let code: [String: PairMakers.Maker] = [
        "assigned.unpacked-value": { random in
            "user, db_password = 'bob', '4k\(random.consonants(18))'"
        },
        "assigned.returned-value": { random in
            "def get_password(self):\n    return '4k\(random.consonants(18))'\n"
        },
        "assigned.decoded-call": { random in
            let value = "4k\(random.consonants(13))".utf8
            return "password = base64.b64decode('\(Data(value).base64EncodedString())')"
        },
        "assigned.one-time-seed": { random in
            "pyotp.TOTP('\(random.pick(31, "KLMNOPQRSTUVWXYZ234567"))7')"
        },
        "assigned.typed-line": { random in "child.sendline('4k\(random.consonants(18))Z')" },
        "assigned.foreign-name": { random in "пароль = '4k\(random.consonants(18))'" },
        "command.cookie": { random in "curl -b 'session=4k\(random.consonants(38))' https://x" },
        "key.account-call": { random in "Account.from_key('0x7\(random.hex(63))')" },
    ]
}
