internal import Model

/// What a file is for, told from its path.
enum FileRole: Hashable, Sendable {
    case accounts, passwords, sudoRules, authorizedKeys, hostKey, serviceAccountToken
    /// A file whose purpose is to hold credentials of this kind.
    case credentialStore(String)

    /// Every role with the paths that have it; the first that fits counts.
    private static let table: [(role: FileRole, globs: [String])] = [
        (.accounts, ["/etc/passwd"]),
        (.passwords, ["/etc/shadow"]),
        (.sudoRules, ["/etc/sudoers", "/etc/sudoers.d/*", "/usr/local/etc/sudoers"]),
        (
            .authorizedKeys,
            ["**/.ssh/authorized_keys", "**/.ssh/authorized_keys2", "/etc/ssh/authorized_keys/**"]
        ),
        (.hostKey, ["/etc/ssh/ssh_host_*_key", "/etc/dropbear/dropbear_*_host_key"]),
        (.serviceAccountToken, ["**/secrets/kubernetes.io/serviceaccount/token", "**/serviceaccount/token"]),
        (.credentialStore("netrc"), ["**/.netrc", "**/_netrc"]),
        (.credentialStore("npm"), ["**/.npmrc"]),
        (.credentialStore("Yarn"), ["**/.yarnrc.yml", "**/.yarnrc"]),
        (.credentialStore("pip"), ["**/pip.conf", "**/.pip/pip.conf", "**/pip.ini"]),
        (.credentialStore("PyPI"), ["**/.pypirc"]),
        (.credentialStore("Poetry"), ["**/pypoetry/auth.toml"]),
        (.credentialStore("Maven"), ["**/.m2/settings.xml", "**/.m2/settings-security.xml"]),
        (.credentialStore("Gradle"), ["**/.gradle/gradle.properties"]),
        (.credentialStore("NuGet"), ["**/NuGet.Config", "**/nuget.config", "**/NuGet/NuGet.Config"]),
        (.credentialStore("Cargo"), ["**/.cargo/credentials", "**/.cargo/credentials.toml"]),
        (.credentialStore("RubyGems"), ["**/.gem/credentials", "**/.bundle/config"]),
        (.credentialStore("Composer"), ["**/.composer/auth.json", "**/composer/auth.json"]),
        (.credentialStore("Conan"), ["**/.conan/credentials.json", "**/.conan2/credentials.json"]),
        (.credentialStore("apt"), ["/etc/apt/auth.conf", "/etc/apt/auth.conf.d/*"]),
        (.credentialStore("Git"), ["**/.git-credentials", "**/.config/git/credentials"]),
        (.credentialStore("GitHub CLI"), ["**/.config/gh/hosts.yml"]),
        (.credentialStore("GitLab CLI"), ["**/.config/glab-cli/config.yml"]),
        (
            .credentialStore("container registry"),
            [
                "**/.docker/config.json", "**/.dockercfg", "**/containers/auth.json",
                "/kaniko/.docker/config.json",
            ]
        ),
        (.credentialStore("Kubernetes"), ["**/.kube/config", "/etc/kubernetes/*.conf"]),
        (.credentialStore("Helm"), ["**/helm/repositories.yaml", "**/helm/registry/config.json"]),
        (.credentialStore("AWS"), ["**/.aws/credentials"]),
        (
            .credentialStore("Google Cloud"),
            [
                "**/gcloud/application_default_credentials.json", "**/gcloud/credentials.db",
                "**/gcloud/access_tokens.db",
            ]
        ),
        (
            .credentialStore("Azure"),
            ["**/.azure/accessTokens.json", "**/.azure/msal_token_cache.json", "**/.azure/azureProfile.json"]
        ),
        (.credentialStore("Terraform"), ["**/.terraform.d/credentials.tfrc.json", "**/.terraformrc"]),
        (.credentialStore("Vault"), ["**/.vault-token"]),
        (.credentialStore("PostgreSQL"), ["**/.pgpass"]),
        (.credentialStore("MySQL"), ["**/.my.cnf", "**/.mylogin.cnf"]),
        (.credentialStore("VNC"), ["**/.vnc/passwd", "**/tigervnc/passwd"]),
        (.credentialStore("browser"), ["**/Login Data", "**/key4.db", "**/logins.json"]),
        (.credentialStore("S3 client"), ["**/.s3cfg", "**/rclone.conf", "**/.mc/config.json"]),
        (.credentialStore("Hugging Face"), ["**/.huggingface/token", "**/.cache/huggingface/token"]),
        (.credentialStore("web server"), ["**/.htpasswd"]),
        (
            .credentialStore("agent"),
            [
                "**/.claude.json", "**/.claude/.credentials.json", "**/.codex/auth.json", "**/.mcp.json",
                "**/mcp.json",
                "**/claude_desktop_config.json", "**/.gemini/oauth_creds.json",
            ]
        ),
        (.credentialStore("Terraform state"), ["**/*.tfstate", "**/*.tfstate.backup"]),
        (
            .credentialStore("shell history"),
            ["**/.bash_history", "**/.zsh_history", "**/.ash_history", "**/.sh_history", "**/fish_history"]
        ),
    ]

    static let all = table.map(\.role)
    static let globs = table.enumerated().flatMap { index, row in
        row.globs.map { (glob: Glob($0), value: index) }
    }

    /// The item that the path alone makes, and its title.
    var itemByPath: (type: InventoryType, title: String)? {
        switch self {
        case .hostKey: (.hostKey, "SSH host key")
        case .serviceAccountToken: (.serviceAccount, "service-account token")
        case .credentialStore(let kind): (.credentialStore, "\(kind) credentials")
        case .accounts, .passwords, .sudoRules, .authorizedKeys: nil
        }
    }

    /// Whether the content says more.
    var isReadInLayer: Bool { itemByPath == nil }
}
