import FoundationEssentials
import TestSupport

/// A file in which a tool keeps a credential; `§` stands for that, `^` for `ci:` and it in base64.
struct CredentialPlace: Sendable, CustomStringConvertible {
    let path: String
    private let text: String
    /// What the credential is made of.
    private let alphabet: String
    private let length: Int
    private let prefix: String

    init(_ path: String, _ text: String, hex: Bool = false, length: Int = 20, prefix: String = "") {
        self.path = path
        self.text = text
        alphabet = hex ? "0123456789abcdef" : "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
        self.length = length
        self.prefix = prefix
    }

    var description: String { path }

    func secret(seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed)
        return prefix + String((0..<length).compactMap { _ in alphabet.randomElement(using: &random) })
    }

    /// The secret as it may be told of: where a pair of name and password is one value, that is the secret.
    func forms(of secret: String) -> [String] {
        text.contains("^") ? [Data("ci:\(secret)".utf8).base64EncodedString()] : [secret]
    }

    func content(_ secret: String) -> [UInt8] {
        let pair = Data("ci:\(secret)".utf8).base64EncodedString()
        let alone = Data(secret.utf8).base64EncodedString()
        return Array(
            text.replacing("§", with: secret).replacing("^", with: pair).replacing("~", with: alone).utf8)
    }

    static let all = packageManagers + others

    static let packageManagers = [
        CredentialPlace("root/.npmrc", "//registry.corp.com/:_authToken=§\nalways-auth=true\n"),
        CredentialPlace("app/.yarnrc.yml", "npmRegistries:\n  a:\n    npmAuthToken: \"§\"\n"),
        CredentialPlace("root/.yarnrc", "\"//registry.corp.com/:_authToken\" \"§\"\n"),
        CredentialPlace("etc/pip.conf", "[global]\nindex-url = https://ci:§@pypi.corp.com/simple\n"),
        CredentialPlace(
            "root/.config/pip/pip.conf",
            "[global]\nextra-index-url =\n    https://ci:§@pypi.corp.com/simple\n"),
        CredentialPlace("root/.pypirc", "[pypi]\nusername = ci\npassword = §\n"),
        CredentialPlace(
            "root/.config/pypoetry/auth.toml", "[http-basic.corp]\nusername = \"ci\"\npassword = \"§\"\n"),
        CredentialPlace(
            "root/.m2/settings.xml",
            "<settings><servers><server><id>a</id><username>ci</username>\n<password>§</password></server></servers></settings>\n"
        ),
        CredentialPlace("root/.gradle/gradle.properties", "mavenUser=ci\nmavenPassword=§\n"),
        CredentialPlace(
            "root/.nuget/NuGet/NuGet.Config",
            "<packageSourceCredentials><corp><add key=\"Username\" value=\"ci\" />\n<add key=\"ClearTextPassword\" value=\"§\" /></corp></packageSourceCredentials>\n"
        ),
        CredentialPlace("root/.cargo/credentials.toml", "[registry]\ntoken = \"§\"\n"),
        CredentialPlace("root/.gem/credentials", "---\n:rubygems_api_key: §\n"),
        CredentialPlace("root/.bundle/config", "---\nBUNDLE_GEMS__CORP__COM: \"ci:§\"\n"),
        CredentialPlace(
            "root/.composer/auth.json",
            "{\"http-basic\": {\"repo.corp.com\": {\"username\": \"ci\", \"password\": \"§\"}}}\n"),
        CredentialPlace(
            "root/.conan2/credentials.json",
            "{\"credentials\": [{\"remote\": \"corp\", \"user\": \"ci\", \"password\": \"§\"}]}\n"),
        CredentialPlace(
            "root/.config/helm/repositories.yaml",
            "repositories:\n- name: corp\n  password: §\n  url: https://charts.corp.com\n  username: ci\n"),
        CredentialPlace("etc/apt/auth.conf", "machine deb.corp.com login ci password §\n"),
        CredentialPlace(
            "etc/apt/auth.conf.d/corp.conf", "machine deb.corp.com/debian\nlogin ci\npassword §\n"),
        CredentialPlace("root/.netrc", "machine git.corp.com\n  login ci\n  password §\n"),
        CredentialPlace("root/.pgpass", "db.corp.com:5432:app:ci:§\n"),
        CredentialPlace(
            "etc/yum.repos.d/corp.repo", "[corp]\nbaseurl=https://a.corp.com\nusername=ci\npassword=§\n"),
    ]

    private static let others = [
        CredentialPlace(
            "srv/app/.git/config", "[remote \"origin\"]\n\turl = https://ci:§@git.corp.com/app.git\n"),
        CredentialPlace("root/.git-credentials", "https://ci:§@git.corp.com\n"),
        CredentialPlace(
            "root/.docker/config.json", "{\"auths\": {\"registry.corp.com\": {\"auth\": \"^\"}}}\n"),
        CredentialPlace(
            "root/.kube/config", "apiVersion: v1\nkind: Config\nusers:\n- name: ci\n  user:\n    token: §\n",
            length: 40),
        CredentialPlace(
            "root/.aws/credentials", "[default]\naws_access_key_id = A\naws_secret_access_key = §\n",
            length: 40),
        CredentialPlace(
            "root/.config/gcloud/application_default_credentials.json",
            "{\"client_id\": \"a\", \"refresh_token\": \"§\", \"type\": \"authorized_user\"}\n", length: 60),
        CredentialPlace("srv/app/.env", "# settings\nDB_HOST=db\nDB_PASSWORD=§\n"),
        CredentialPlace("root/.bash_history", "ls\nexport API_TOKEN=§\ncd /srv\n"),
        CredentialPlace("root/.mysql_history", "ALTER USER app IDENTIFIED BY '§';\n"),
        CredentialPlace(
            "srv/terraform.tfstate", "{\"resources\": [{\"attributes\": {\"password\": \"§\"}}]}\n"),
        CredentialPlace("srv/chart/values.yaml", "postgresql:\n  auth:\n    password: §\n"),
        CredentialPlace("srv/app/.gitlab-ci.yml", "variables:\n  DEPLOY_PASSWORD: \"§\"\n"),
        CredentialPlace(
            "srv/app/.github/workflows/build.yml", "jobs:\n  a:\n    env:\n      DEPLOY_TOKEN: \"§\"\n",
            length: 32),
        CredentialPlace("srv/app/Jenkinsfile", "environment {\n  DEPLOY_PASSWORD = '§'\n}\n"),
        CredentialPlace("etc/shadow", "root:§:19000:0:99999:7:::\n", length: 86, prefix: "$6$abcdefgh$"),
        CredentialPlace("etc/nginx/.htpasswd", "ci:§\n", length: 22, prefix: "$apr1$abcdefgh$"),
        CredentialPlace(
            "root/.claude.json",
            "{\"mcpServers\": {\"git\": {\"command\": \"npx\", \"env\": {\"GIT_TOKEN\": \"§\"}}}}\n",
            length: 32),
        CredentialPlace(
            "root/.cursor/mcp.json",
            "{\"mcpServers\": {\"db\": {\"command\": \"db\", \"args\": [\"--password\", \"§\"]}}}\n"),
        CredentialPlace(
            "srv/secret.yaml", "apiVersion: v1\nkind: Secret\ndata:\n  password: ~\n", length: 12),
        CredentialPlace(
            "srv/secret.json",
            "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"data\": {\"password\": \"~\"}}\n",
            length: 12),
        CredentialPlace("srv/app/application.properties", "spring.datasource.password=§\n"),
    ]
}
