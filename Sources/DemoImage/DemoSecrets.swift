internal import Cryptography

/// Every secret that the demo image holds, and nothing else does.
struct DemoSecrets {
    let anthropicKey: String
    let openAIKey: String
    let awsKeyID: String
    let awsSecretKey: String
    let npmToken: String
    let pipPassword: String
    let gitHubToken: String
    let langSmithKey: String
    let databasePassword: String
    let slackToken: String
    let stripeKey: String
    let configurationPassword: String
    let registryPassword: String
    /// An Ed25519 key as a PKCS#8 PEM block.
    let signingKey: String

    init(_ source: SecretSource = SecretSource()) throws(IssuingError) {
        let base64URL = SecretSource.base64URL
        let digits = SecretSource.digits
        let alphanumeric = SecretSource.alphanumeric
        anthropicKey = "sk-ant-" + "api03-" + source.text("anthropic", base64URL, 93) + "AA"
        openAIKey =
            "sk-" + "proj-" + source.text("openai/1", base64URL, 74) + "T3Blbk" + "FJ"
            + source.text("openai/2", base64URL, 74)
        awsKeyID = "AKI" + "A" + source.text("aws/id", SecretSource.base32, 16)
        awsSecretKey = source.text("aws/secret", SecretSource.base64, 40)
        npmToken = source.checkedToken("npm", prefix: "npm_")
        pipPassword = source.text("pip", alphanumeric, 24)
        gitHubToken = source.checkedToken("github", prefix: "ghp_")
        langSmithKey =
            "lsv2_pt_" + source.text("langsmith/1", SecretSource.hex, 32) + "_"
            + source.text("langsmith/2", SecretSource.hex, 10)
        databasePassword = source.text("database", alphanumeric, 22)
        slackToken =
            "xox" + "b-" + source.text("slack/team", digits, 12) + "-" + source.text("slack/bot", digits, 13)
            + "-" + source.text("slack/secret", alphanumeric, 24)
        stripeKey = "sk_" + "live_" + source.text("stripe", alphanumeric, 24)
        configurationPassword = source.text("configuration", alphanumeric, 20)
        registryPassword = source.text("registry", alphanumeric, 28)
        signingKey = try Ed25519Key.from(seed: source.bytes("signing key", 32)).privateKeyPEM()
    }

    /// What `~/.docker/config.json` holds for the registry: user and password in base 64.
    var registryAuth: String { Base64.encode(Array("ledger-ci:\(registryPassword)".utf8)) }

    /// Each as it must appear in no output, one line each.
    var all: [String] {
        let keyBody = signingKey.split(separator: "\n").filter { !$0.hasPrefix("-----") }.map { String($0) }
        return [
            anthropicKey, openAIKey, awsKeyID, awsSecretKey, npmToken, pipPassword, gitHubToken, langSmithKey,
            databasePassword, slackToken, stripeKey, configurationPassword, registryPassword, registryAuth,
        ] + keyBody
    }
}
