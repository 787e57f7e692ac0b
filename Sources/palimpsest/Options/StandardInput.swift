import ArgumentParser

/// What is read from standard input, which there is once.
enum StandardInput {
    /// Refuses files of which several are `-` or `FORMAT:-`: all but the first would be found empty.
    static func requireOnce(_ files: [String]) throws {
        guard files.count(where: { $0 == "-" || $0.hasSuffix(":-") }) > 1 else { return }
        throw ValidationError("- can be given once: there is one standard input.")
    }
}
