internal import Model

/// A secret that several images of a run hold.
struct SharedSecret: Sendable {
    let fingerprint: Fingerprint
    let title: SafeText
    let severity: Severity
    /// The entries of the images that hold it, by position.
    let entries: [Int]
    /// How many images that is: those with one digest are one.
    let images: Int

    private struct Identity: Hashable {
        let key: String
        let fingerprint: Fingerprint
    }

    /// All of them: the worst first, and of these the most shared.
    static func all(in entries: [RunEntry]) -> [SharedSecret] {
        var holders: [Identity: [(entry: Int, secret: HeldSecrets.Secret)]] = [:]
        for (position, entry) in entries.enumerated() {
            guard let secrets = entry.judged?.secrets else { continue }
            for secret in secrets.all {
                let identity = Identity(key: secrets.key, fingerprint: secret.fingerprint)
                holders[identity, default: []].append((position, secret))
            }
        }
        return holders.values.compactMap { holders in
            let images = Set(holders.compactMap { entries[$0.entry].judged?.image }).count
            guard images > 1 else { return nil }
            let worst = holders.map(\.secret).max { ($0.severity, $1.title) < ($1.severity, $0.title) }
            let named = worst ?? holders[0].secret
            return SharedSecret(
                fingerprint: named.fingerprint, title: named.title, severity: named.severity,
                entries: holders.map(\.entry), images: images)
        }
        .sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            if left.images != right.images { return left.images > right.images }
            return left.fingerprint.text < right.fingerprint.text
        }
    }
}
