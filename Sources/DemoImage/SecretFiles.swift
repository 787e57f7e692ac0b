internal import Archives

/// The files that give secrets away, made when the image is.
struct SecretFiles {
    let secrets: DemoSecrets

    var environmentFile: String {
        """
        # local development only, do not commit
        ANTHROPIC_API_KEY=\(secrets.anthropicKey)
        OPENAI_API_KEY=\(secrets.openAIKey)
        AWS_ACCESS_KEY_ID=\(secrets.awsKeyID)
        AWS_SECRET_ACCESS_KEY=\(secrets.awsSecretKey)
        AWS_DEFAULT_REGION=eu-central-1
        LOG_LEVEL=debug

        """
    }

    var npmrc: String {
        """
        registry=https://registry.npmjs.org/
        @ledger-example:registry=https://registry.npmjs.org/
        //registry.npmjs.org/:_authToken=\(secrets.npmToken)

        """
    }

    var pipConfiguration: String {
        """
        [global]
        index-url = https://ledger-build:\(secrets.pipPassword)@pypi.ledger.example/simple
        timeout = 60

        """
    }

    var gitConfiguration: String {
        """
        [url "https://x-access-token:\(secrets.gitHubToken)@github.com/"]
        \tinsteadOf = https://github.com/

        """
    }

    var databaseURL: String {
        "postgresql://ledger_rw:\(secrets.databasePassword)@db.ledger.example:5432/ledger"
    }

    /// The first version, overwritten later by `ApplicationFiles.cleanConfiguration`.
    var firstConfiguration: String {
        """
        model: claude-sonnet-4-5
        budget: 12
        database:
          url: \(databaseURL)
        payments:
          api_key: \(secrets.stripeKey)
        mail:
          host: smtp.ledger.example
          username: ledger-agent
          password: \(secrets.configurationPassword)

        """
    }

    var registryLogin: String {
        """
        {
        \t"auths": {
        \t\t"registry.ledger.example": {
        \t\t\t"auth": "\(secrets.registryAuth)"
        \t\t}
        \t}
        }

        """
    }

    var toolServers: String {
        """
        {
          "mcpServers": {
            "bookkeeping": {
              "command": "node",
              "args": ["node_modules/@ledger-example/mcp-bookkeeping/server.js"]
            },
            "slack": {
              "command": "npx",
              "args": ["-y", "@modelcontextprotocol/server-slack"],
              "env": {
                "SLACK_BOT_TOKEN": "\(secrets.slackToken)",
                "SLACK_TEAM_ID": "T0LEDGER1"
              }
            }
          }
        }

        """
    }

    /// A gzipped tar with a zip in it, and in that the signing key.
    func backup(modified: Int) throws(ArchiveWriteError) -> [UInt8] {
        let inner = try ArchiveWriter.bytes(
            .zip,
            [
                entry(
                    "keys/README.txt", "Keys of the payment signer. Rotate yearly.\n", mode: 0o644, modified),
                entry("keys/payment-signing.pem", secrets.signingKey, mode: 0o600, modified),
            ])
        let name = Array("backup/keys.zip".utf8)
        let outer = try ArchiveWriter.bytes(
            .tar,
            [
                (
                    ArchiveEntryHeader(
                        name: Array("backup".utf8), kind: .folder, mode: 0o755, modified: modified), []
                ),
                entry(
                    "backup/ledger.sql", "-- schema only\nCREATE TABLE entry (id bigint);\n", mode: 0o644,
                    modified),
                (
                    ArchiveEntryHeader(
                        name: name, kind: .file(size: inner.count), mode: 0o600, modified: modified), inner
                ),
            ])
        return try Compressor.compress(outer, .gzip)
    }

    private func entry(
        _ name: String, _ text: String, mode: Int, _ modified: Int
    ) -> (ArchiveEntryHeader, [UInt8]) {
        let bytes = Array(text.utf8)
        let header = ArchiveEntryHeader(
            name: Array(name.utf8), kind: .file(size: bytes.count), mode: mode, modified: modified)
        return (header, bytes)
    }
}
