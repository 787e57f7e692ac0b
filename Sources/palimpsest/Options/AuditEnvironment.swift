import Pipeline

/// What the environment says of where things are kept.
enum AuditEnvironment {
    /// Where compiled detectors and what layers hold are kept; nowhere where the environment names no home.
    static func cacheFolder(_ environment: [String: String]) -> String? {
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (cache ?? environment["HOME"].map { $0 + "/.cache" }).map { $0 + "/palimpsest" }
    }

    /// The key in `file`, that of the environment, else the installation's own.
    static func keySource(_ file: String?, _ environment: [String: String]) -> FingerprintKeySource {
        if let file { return .file(file) }
        if let text = environment["PALIMPSEST_FINGERPRINT_KEY"], !text.isEmpty { return .text(text) }
        let home = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return .installation(folder: (home ?? (environment["HOME"] ?? "") + "/.config") + "/palimpsest")
    }
}
