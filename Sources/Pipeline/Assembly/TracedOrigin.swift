import Model

/// How something got into the image, and what that is known by.
struct TracedOrigin {
    let origin: Origin
    /// In words that an auditor can check.
    let reason: String
}
