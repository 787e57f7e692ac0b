internal import Archives
internal import Cryptography
internal import ImageWriting

/// The demo image: an agent that books invoices, and whose history shows seven ways in which secrets stay behind.
///
/// 1. `/app/.env` with API keys is copied in and deleted two layers later.
/// 2. A build step leaves `/root/.npmrc` and `pip.conf` with credentials.
/// 3. A GitHub token is passed as a build argument; the history keeps it, and git's configuration too.
/// 4. `LANGSMITH_API_KEY` and `DATABASE_URL` stand in Env.
/// 5. The base trusts an expired and an unapproved authority.
/// 6. `/etc/ledger/config.yaml` and `/root/.docker/config.json` are overwritten; the old versions are still there.
/// 7. `backup.tar.gz` holds a zip that holds a private key.
struct LedgerAgentImage {
    static let name = "ledger-agent:1.4.2"
    /// When the base and when the service was built: 2026-09-08 and 2026-09-14.
    static let baseTime = (seconds: 1_788_825_600, text: "2026-09-08T00:00:00Z")
    static let buildTime = (seconds: 1_789_378_200, text: "2026-09-14T09:30:00Z")
    private static let buildKit = "buildkit.dockerfile.v0"

    let files: SecretFiles
    let anchors: TrustAnchors
    let source = SecretSource()
    private let compression: LayerCompression

    init(compression: LayerCompression) throws(IssuingError) {
        self.compression = compression
        files = SecretFiles(secrets: try DemoSecrets(source))
        anchors = try TrustAnchors(source)
    }

    func build() throws(ArchiveWriteError) -> ImageBuilder {
        var image = ImageBuilder(created: Self.buildTime.text)
        addBase(to: &image)
        addConfiguration(to: &image)
        addApplication(to: &image)
        try addRelease(to: &image)
        describe(&image)
        return image
    }

    private func addBase(to image: inout ImageBuilder) {
        let created = Self.baseTime.text
        image.layer(
            rootFileSystem(), createdBy: "# debian.sh --arch 'amd64' out/ 'bookworm' '@1788825600'",
            created: created, comment: "debuerreotype 0.16", compression: compression)
        empty("CMD [\"bash\"]", created, &image)
        var authorities = LayerBuilder(modified: Self.baseTime.seconds)
        for folder in ["usr/local", "usr/local/share", "usr/local/share/ca-certificates"] {
            authorities.folder(StoredName(folder))
        }
        authorities.file("usr/local/share/ca-certificates/build-proxy.crt", anchors.unapproved.pem)
        authorities.file("usr/local/share/ca-certificates/ledger-corp-root-2015.crt", anchors.expired.pem)
        step("COPY corporate-ca/ /usr/local/share/ca-certificates/ # buildkit", authorities, created, &image)
        step(
            "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs npm "
                + "python3 python3-pip && update-ca-certificates && rm -rf /var/lib/apt/lists/* # buildkit",
            packages(), created, &image)
        empty("ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", created, &image)
        empty("ENV PYTHONUNBUFFERED=1", created, &image)
        empty("CMD [\"python3\"]", created, &image)
    }

    private func addConfiguration(to image: inout ImageBuilder) {
        var folder = LayerBuilder(modified: Self.buildTime.seconds)
        folder.folder("app")
        step("WORKDIR /app", folder, nil, &image)
        empty("ENV NODE_TLS_REJECT_UNAUTHORIZED=0", nil, &image)
        empty("ENV LANGSMITH_API_KEY=\(files.secrets.langSmithKey)", nil, &image)
        empty("ENV DATABASE_URL=\(files.databaseURL)", nil, &image)
        var configuration = LayerBuilder(modified: Self.buildTime.seconds)
        configuration.folder("etc")
        configuration.folder("etc/ledger")
        configuration.file("etc/ledger/config.yaml", files.firstConfiguration)
        step("COPY deploy/config.dev.yaml /etc/ledger/config.yaml # buildkit", configuration, nil, &image)
    }

    private func addApplication(to image: inout ImageBuilder) {
        step("COPY . /app # buildkit", application(), nil, &image)
        empty("ARG GITHUB_TOKEN", nil, &image)
        step(
            "RUN |1 GITHUB_TOKEN=\(files.secrets.gitHubToken) /bin/sh -c git config --global "
                + "url.\"https://x-access-token:${GITHUB_TOKEN}@github.com/\".insteadOf https://github.com/ && "
                + "npm ci && pip install -r requirements.txt # buildkit",
            dependencies(), nil, &image)
        var cleanUp = LayerBuilder(modified: Self.buildTime.seconds)
        cleanUp.folder("app")
        cleanUp.whiteout("app/.env")
        cleanUp.folder("root", mode: 0o700)
        cleanUp.folder("root/.docker", mode: 0o700)
        cleanUp.file("root/.docker/config.json", "{\n\t\"auths\": {}\n}\n", mode: 0o600)
        step(
            "RUN /bin/sh -c rm -f /app/.env && docker logout registry.ledger.example # buildkit", cleanUp,
            nil,
            &image)
    }

    private func addRelease(to image: inout ImageBuilder) throws(ArchiveWriteError) {
        var configuration = LayerBuilder(modified: Self.buildTime.seconds)
        configuration.folder("etc")
        configuration.folder("etc/ledger")
        configuration.file("etc/ledger/config.yaml", ApplicationFiles.cleanConfiguration)
        step("COPY deploy/config.yaml /etc/ledger/config.yaml # buildkit", configuration, nil, &image)
        var backup = LayerBuilder(modified: Self.buildTime.seconds)
        backup.folder("var")
        backup.folder("var/lib")
        backup.folder("var/lib/ledger")
        backup.file(
            "var/lib/ledger/backup.tar.gz", try files.backup(modified: Self.buildTime.seconds), mode: 0o600)
        step("COPY backup.tar.gz /var/lib/ledger/ # buildkit", backup, nil, &image)
        empty("EXPOSE map[8080/tcp:{}]", nil, &image)
        empty(
            "HEALTHCHECK &{[\"CMD-SHELL\" \"curl -fsS http://localhost:8080/healthz\"] \"30s\" \"3s\" \"0s\" \"0s\" '\\x03'}",
            nil, &image)
        empty("ENTRYPOINT [\"python3\" \"-m\" \"ledger.main\"]", nil, &image)
        empty("CMD [\"--config\" \"/etc/ledger/config.yaml\"]", nil, &image)
    }

    private func describe(_ image: inout ImageBuilder) {
        image.runtime.environment = [
            "PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONUNBUFFERED=1",
            "NODE_TLS_REJECT_UNAUTHORIZED=0", "LANGSMITH_API_KEY=\(files.secrets.langSmithKey)",
            "DATABASE_URL=\(files.databaseURL)",
        ]
        image.runtime.entrypoint = ["python3", "-m", "ledger.main"]
        image.runtime.command = ["--config", "/etc/ledger/config.yaml"]
        image.runtime.workingDirectory = "/app"
        image.runtime.exposedPorts = ["8080/tcp"]
        image.runtime.healthcheck = ["CMD-SHELL", "curl -fsS http://localhost:8080/healthz"]
        image.runtime.labels = [
            "org.opencontainers.image.title": "ledger-agent",
            "org.opencontainers.image.version": "1.4.2",
            "org.opencontainers.image.source": "https://github.com/ledger-example/ledger-agent",
        ]
        image.annotations = [
            "org.opencontainers.image.base.name": "registry.ledger.example/base/python:3.11-bookworm",
            "org.opencontainers.image.created": Self.buildTime.text,
        ]
    }

    private func step(
        _ createdBy: String, _ layer: LayerBuilder, _ created: String?, _ image: inout ImageBuilder
    ) {
        image.layer(
            layer, createdBy: createdBy, created: created, comment: Self.buildKit, compression: compression)
    }

    private func empty(_ createdBy: String, _ created: String?, _ image: inout ImageBuilder) {
        image.emptyStep(createdBy: createdBy, created: created, comment: Self.buildKit)
    }
}
