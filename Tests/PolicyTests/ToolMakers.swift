import TestSupport

/// What tools are given on command lines, and what programs keep in settings of their own forms.
enum ToolMakers {
    static let makers: [String: PairMakers.Maker] = [
        "command.tool-setting": { random in
            let form = [
                "npm config set //nexus.corp.com/:_authToken ", "pnpm set _auth ",
                "yarn config set npmAuthToken ",
                "poetry config http-basic.corp ci ", "bundle config set --global gems.corp.com ci:",
                "dvc remote modify --local storage password ", "redis-cli CONFIG SET requirepass ",
            ].randomElement(using: &random)
            return "\n\(form ?? "")4k\(random.consonants(18))\n"
        },
        "command.tool-argument": { random in
            let form = [
                "cargo login --registry corp ", "SUSEConnect -r ", "conan user -p ", "nuget push a.nupkg -k ",
                "crane auth login r.corp.com -u ci -p ", "buildah push --creds ci:", "mkpasswd -m sha-512 ",
                "ctr image pull --user ci:", "wp config create --dbname=w --dbpass=", "influx setup -u a -p ",
                "grafana cli admin reset-admin-password ", "mosquitto_passwd -b /etc/pw ci ",
            ].randomElement(using: &random)
            return "\n\(form ?? "")4k\(random.consonants(18)) a\n"
        },
        "command.written-secret": { random in
            let path = ["/root/.vault_pass", ">~/api_token.txt", "| tee -a /etc/app/db_password"]
                .randomElement(using: &random)
            let sign = path?.hasPrefix("/") == true ? "> " : ""
            return "\necho '4k\(random.consonants(18))' \(sign)\(path ?? "")\n"
        },
        "tool.variable-key": { random in
            Bool.random(using: &random)
                ? "\nKAGGLE_KEY=\(random.hex(32))\n" : "\nBW_SESSION='\(random.text(86))=='\n"
        },
    ]
}
