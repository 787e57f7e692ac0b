package import Model

/// What to audit and how: what was typed, turned into what it means.
package struct AuditRequest: Sendable {
    /// Image references in the order given, each once.
    package var images: [String]
    /// Nil for the host's platform, `all`, or one such as `linux/arm64`.
    package var platform: String?
    /// The image that these are said to be built on; nil to go by what they say themselves.
    package var base: String?
    package var policies: PolicySelection
    /// Files with rules beside the built-in ones.
    package var detectorFiles: [String]
    package var connection: ConnectionSelection
    /// The tree that the images are said to be built from; nil for none.
    package var source: String?
    /// Which environments images are for, the first that fits; their own labels count where none does.
    package var environments: [EnvironmentChoice]
    /// Results of other tools about these images.
    package var results: ResultSelection
    package var reports: ReportSelection
    /// Where to put a bundle of all that comes out; nil for none.
    package var bundle: BundleRequest?
    /// The instant to judge at; the clock is never asked.
    package var asOf: Instant
    package var fingerprintKey: FingerprintKeySource
    /// Where compiled detectors and what layers hold are kept between runs; nil to keep nothing.
    package var cacheFolder: String?
    /// Whether layers known from an earlier run are not looked at again.
    package var remembersLayers: Bool
    /// How many layers are read at once.
    package var workers: Int

    package init(
        images: [String], platform: String? = nil, base: String? = nil,
        policies: PolicySelection = PolicySelection(), detectorFiles: [String] = [],
        connection: ConnectionSelection = ConnectionSelection(), source: String? = nil,
        environments: [EnvironmentChoice] = [], results: ResultSelection = ResultSelection(),
        reports: ReportSelection, bundle: BundleRequest? = nil, asOf: Instant,
        fingerprintKey: FingerprintKeySource,
        cacheFolder: String?, remembersLayers: Bool = true, workers: Int
    ) {
        var seen: Set<ExactText> = []
        self.images = images.filter { seen.insert(ExactText($0)).inserted }
        self.platform = platform
        self.base = base
        self.policies = policies
        self.detectorFiles = detectorFiles
        self.connection = connection
        self.source = source
        self.environments = environments
        self.results = results
        self.reports = reports
        self.bundle = bundle
        self.asOf = asOf
        self.fingerprintKey = fingerprintKey
        self.cacheFolder = cacheFolder
        self.remembersLayers = remembersLayers
        self.workers = workers
    }
}

/// How registries and engines are reached.
package struct ConnectionSelection: Sendable {
    /// PEM certificates to trust beside the system's.
    package var caFile: String?
    /// Whether registries that are not on this machine may be asked without TLS.
    package var plainHTTP: Bool
    /// Where credentials, sockets and proxies are.
    package var environment: [String: String]

    package init(caFile: String? = nil, plainHTTP: Bool = false, environment: [String: String] = [:]) {
        self.caFile = caFile
        self.plainHTTP = plainHTTP
        self.environment = environment
    }
}

/// Which policy to hold evidence against.
package struct PolicySelection: Sendable {
    /// Files and folders with policy documents, or names of built-in policies; the baseline where empty.
    package var paths: [String]
    /// Files and folders with waivers and attestations.
    package var signOffs: [String]
    /// Files and folders with trust anchors that are approved beside those of the policy.
    package var trustAnchors: [String]
    /// The evidence of earlier audits, to tell what is new since; none where empty.
    package var baselines: [String]

    package init(
        paths: [String] = [], signOffs: [String] = [], trustAnchors: [String] = [], baselines: [String] = []
    ) {
        self.paths = paths
        self.signOffs = signOffs
        self.trustAnchors = trustAnchors
        self.baselines = baselines
    }

    /// The words of the command line that say so; in which order files are given changes nothing.
    var words: [String] {
        [
            ("--policy", paths), ("--waivers", signOffs), ("--trust-anchors", trustAnchors),
            ("--baseline", baselines),
        ]
        .flatMap { option, values in values.sorted().flatMap { [option, $0] } }
    }
}

/// Which reports to write, and where.
package struct ReportSelection: Sendable {
    /// The ids of formats; see ``ReportCatalogue/formats``.
    package var formats: [String]
    /// A folder, or nil for standard output.
    package var folder: String?
    /// A folder with templates in the place of built-in ones; nil for none.
    package var templates: String?

    package init(formats: [String], folder: String?, templates: String? = nil) {
        self.formats = formats
        self.folder = folder
        self.templates = templates
    }
}

/// Where the key of the fingerprints comes from.
package enum FingerprintKeySource: Sendable {
    /// 64 hex digits, as in `PALIMPSEST_FINGERPRINT_KEY`.
    case text(String)
    /// A file with 32 bytes or 64 hex digits.
    case file(String)
    /// The file of this installation, made at first use.
    case installation(folder: String)
}
