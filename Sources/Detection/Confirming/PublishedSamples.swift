/// Values that specifications and the documentation of common libraries show as examples, so that half of all programs
/// that speak a protocol have them in their comments.
enum PublishedSamples {
    /// In lower case.
    private static let values = Set(
        (authorization + signedRequests + libraries + tutorials + issuers + emulators + chains + directories
            + manuals + help + models + commandLine + playbooks + databases + comics).map {
                Array($0.lowercased().utf8)
            })
    private static let longest = values.reduce(0) { max($0, $1.count) }

    /// RFC 6749 and 6750.
    private static let authorization = [
        "2YotnFZFEjr1zCsicMWpAA", "tGzv3JOkF0XG5Qx2TlKWIA", "SplxlOBeZQQYbYS6WxSbIA", "gX1fBat3bV",
        "7Fjfp0ZBr1KtDRbnfVdmIw", "mF_9.B5f-4.1JqM", "A3ddj3w",
    ]

    /// RFC 5849, and the OAuth specifications before it.
    private static let signedRequests = [
        "9djdj82h48djs9d2", "kkk9d7dh3k39sjv7", "0685bd9184jfhq22", "ad180jjd733klru7", "j49sk3j29djd",
        "dh893hdasih9", "dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00",
        "hh5s93j4hdidpola", "hdhd0244k9j7ao03", "jd83jd92dhsh93js", "ja893SD9", "h480djs93hd8",
    ]

    /// OpenLDAP's guide and manual pages, and Ansible's modules for it.
    private static let directories = [
        "{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3", "{SSHA}XKYnrjvGT3wZFQrDD5040US592LxsdLy",
        "{SSHA}tabyipcHzhwESzRaGA7oQ/SDoBZQOGND",
        "{ARGON2}$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$DKlexoEJUoZTmkAAC3SaMWk30El9/RvVhlqGo6afIng",
        "{ARGON2}$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0$qOCkx9nMeFlaGOO4DUmPDgrlUbgMMuO9T1+vQCFuyzw",
    ]

    /// oauthlib and requests-oauthlib.
    private static let libraries = [
        "sdf0o9823sjdfsdf", "2kjshdfp92i34asdasd", "lsdajfh923874", "askfjh234as9sd8", "kjfch2345sdf",
        "sdlfkj452",
    ]

    /// What Flask, FastAPI, Laravel, MDN and everybody's pages on one-time passwords and UUIDs show.
    private static let tutorials = [
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
        "YWxhZGRpbjpvcGVuc2VzYW1l", "JBSWY3DPEHPK3PXP", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi",
        "123e4567-e89b-12d3-a456-426614174000", "550e8400-e29b-41d4-a716-446655440000",
    ]

    /// What issuers show or give to everybody for trying, in lower case so that no detector takes them for real:
    /// Google and its command line, Telegram, Discord, Stripe, reCAPTCHA, MinIO's playground.
    private static let issuers = [
        "aizasydagmwka4jsxz-hjgw7isln_3nambgewqe", "110201543:aahdqtcvch1vgwjxfseofsas0k5paldsaw",
        "mtk4njiyndgzndcxoti1mjq4.cl2fmq.zncjm1xvw7vrze4b7cq4se7kkws",
        "sk_test_4ec39hqlyjwdarjtt1zdp7dc", "sk_test_bqokikjovbii2hlwgh4olfq2",
        "6leixactaaaaagg-vfi1tnrwxmznfuojj4wifjwe",
        "q3am3uq867spqqa43p2f", "zuf+tfteslswru7bj86wekitnifilbzam1kyy3tg", "zmsslnjjy2998hd4ctg2ejr2",
    ]

    /// Azure's emulators of storage and of Cosmos DB.
    private static let emulators = [
        "eby8vdm02xnocqflquwjpllmetlcdxj1ouzft50usrz6ifsufq2uvercz4i6tq/k1szfptotr/kbhbeksogmgw==",
        "c2y6ydjf5/r+ob0n8a7cgv30vrdjiwehlm+4qdu5de2nq9nduvtqobd4b8mggypmbiznqymsecagqy67xiw/jw==",
    ]

    /// The accounts that Hardhat, Anvil and Ganache make for every developer.
    private static let chains = [
        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
        "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
        "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
        "0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
        "0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba",
        "0x92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e",
        "0x4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356",
        "0xdbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97",
        "0x2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6",
        "0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d",
        "myth like bonus scare over problem client lizard pioneer submit female collect",
        "candy maple cake sugar pudding cream honey rich smooth crumble sweet treat",
    ]

    /// The manual pages of WireGuard and of ISC's DHCP server, and the settings that Apache, coturn and Icinga come with.
    private static let manuals = [
        "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", "oK56DE9Ue9zK76rAc8pBl6opph+1v36lm7cXXsQKrQM=",
        "/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=", "pRP5FapFoJ95JEL06sv4PQ==",
        "xxj31ZMTZzkVA", "ABCDEvwxyz0189-_",
        "$5$79a316b350311570$81df9cfb9af7f5e5a76eada31e7097b663a0670f99a3c07ded3f1c8e59c5658a",
    ]

    /// What AWS shows in the descriptions of its services that its SDKs bring along, and in its command line's help.
    private static let models = [
        "]35d/{pB9Fo9wJ", "3s0K_;xh4~8XXI", "h]6EszR}vJ*m", "&1-3a6u:RA0djs", "kmsPswd",
        "aBBKDWQvyuVcTPH9EBp%2FXTI9E%2F%2Fmq171%2BZU178wcwqU%3D",
        "aBBKDWQvyuVcTPH9EBp/XTI9E//mq171+ZU178wcwqU=", "0x123pK5_VBqv.UQ3kJ4123_",
        "8bklk8bl1k3sB38D9B3l0enyWT8c09B30lkq0blk",
    ]

    /// The examples in the help of AWS's command line, which is installed with it.
    private static let commandLine = [
        "sNvjQDMReA1eEQPNAW8r37XsU2rDD7fc7m2SiMnu", "0xzxgA9YoW9h58u8SvOmXRTw",
        "akia32p3d2jdnmvajlgf", "akiaj5c56p35aebrx2qq", "amzn1.account.AF6RHO7KZU5XRVQJGXK6HB56KR2A",
        "k1zPZM6uVxMQ3oxqgoYlNuJPyRTZ1vREs76zTQE3eJk=", "+oaFsNk7tLco+C/obP9GhhcOzGcKOayTmE3LnAmAmH4=",
        "a123b45c6d78e9f012a34cd5e6a7890b12c3d45e6f78a1b234c56d7e890a1234",
        "f798ab4899346a88599180fee9e14fa1ada7b6df989425b7c6d2146dd6c815bb",
        "3f4ca100e2fc675ea123f4eb12c4a012",
        "AB1C2defGHijkLMNo3PqQRstUvwxyzaBCDEfghh4ijklMN5opqrStuVWxyzAbCDEfghIJ",
        "BA1C2defGHijkLMNo3PqQRstUvwxyzaBCDEfghh4ijklMN5opqrStuVWxyzAbCDEfghIJ",
        "AB1C2edfGHijkLMNo3PqQRstUvwxyzaBCDEfghh4ijklMN5opqrStuVWxyzAbCDEfghIJ",
        "MEYCIQCKZLWyTk5runarx6XiAkU9gv3lbwPO/pHa+DXFehzdDwIhANwpsIV2g/9SPWLLsF6p/hiSskuIXMTRwqrMdVKWTMHG",
    ]

    /// What the modules of Ansible's collections show, most of them one value in hundreds of files, and what Jetty's
    /// modules come with.
    private static let playbooks = [
        "e31060a7-21fc-e277-6240-25983c6c4592", "c6033033-fe69-2515-a9e8-966bb7fe4b40",
        "89a9356f-c203-d263-8a89-c229486a13ba", "9bcf4902-d5a3-479a-8d5e-8f98ef879f4e",
        "8adddd91-0bd6-d41d-ae1a-3b49cfa9a0e8",
        "T-55a68eb5-c785-4720-a2ca-8b03903bf641", "T-68618f31-0c9e-4e57-aa44-5306a2cf10e3",
        "T-9f276a18-50ab-446e-8a0c-666a3529a1b6", "T-91528421-fe42-47ee-bcb1-47eefb0a9220",
        "T-89faa581-c668-483d-b77d-23c5d88ba35c",
        "8ec0d52432c15c91fcafe9888500cf9a607f44091ab554dbee860f6b44fac895",
        "9775a026f1ca7d1c6c5af9d94d9595a4", "j4JyCYfefWHhgFgiZUqRm63AXHNZQyPGBfJtAzmN",
        "aed4aa802b748d2f3b31deec00a6b28a", "dcf089a2896940da9ffefb307ef49ccd", "Esxi@123$%",
        "Be9oX7OSwWoU.", "OBF:1vny1zlo1x8e1vnw1vn61x8g1zlu1vn4", "OBF:1u2u1wml1z7s1z7a1wnl1u2g",
        "XT_Mafv_aUCGheuCaKY8P",
    ]

    /// kubectl, which shows it to whoever asks how to set credentials, and the specification of Docker's registry.
    private static let help = ["uXFGweU9l35qcif", "kas9Da81Dfa8"]

    /// What a comic told of passphrases, which half of all texts on them show.
    private static let comics = [
        "correct horse battery staple", "correct-horse-battery-staple", "correcthorsebatterystaple",
        "correct_horse_battery_staple", "correct.horse.battery.staple",
    ]

    /// MongoDB's manual on connection strings, and the providers of Terraform for databases.
    private static let databases = [
        "D1fficultP@ssw0rd", "D1fficultP%40ssw0rd", "D1fficultP%40ssw0rd!", "barbut8chars",
        "Mustbe8characters",
    ]

    /// Whether `text` is one of them, whatever its case.
    static func contain(_ text: Span<UInt8>) -> Bool {
        guard text.count <= longest else { return false }
        return values.contains(
            text.indices.map { index in
                let byte = text[index]
                return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
            })
    }
}
