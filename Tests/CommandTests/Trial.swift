import TestSupport

/// What trials of the built program share.
enum Trial {
    /// Compiled detectors, for runs of the program that do not go through the workbench.
    private static let cache = try? ScratchFolder()

    static let environment = [
        "PALIMPSEST_FINGERPRINT_KEY": Workbench.key, "XDG_CACHE_HOME": cache?.path ?? "", "NO_COLOR": "1",
    ]

    /// A made-up key of a payment service that a built-in rule finds, another for each seed.
    static func secret(_ seed: UInt64) -> String {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return "sk_" + "live_"
            + String((0..<24).compactMap { _ in alphabet.randomElement(using: &generator) })
    }
}
