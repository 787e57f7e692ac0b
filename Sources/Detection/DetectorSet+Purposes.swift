package import Model

extension DetectorSet {
    /// One thing that one detector looks for in a file because of its path.
    package struct Purpose: Hashable, Sendable {
        private let detector: Int
        private let number: Int

        fileprivate init(detector: Int, number: Int) {
            self.detector = detector
            self.number = number
        }
    }

    /// What is looked for in a file that is called `alias`, and not where it is called `path`.
    ///
    /// By a symbolic link only what a system itself reads there counts: accounts, trust and credentials, and no rules
    /// over files of some ending, of which distributions have links by the thousand.
    package func purposes(
        of alias: EntryPath, beyond path: EntryPath, isSymbolic: Bool
    ) -> Set<Purpose> {
        var found: Set<Purpose> = []
        for (index, detector) in detectors.enumerated() where !isSymbolic || detector.rules == nil {
            let own = detector.purposes(of: alias)
            guard !own.isEmpty else { continue }
            let known = detector.purposes(of: path)
            for number in own where !known.contains(number) {
                found.insert(Purpose(detector: index, number: number))
            }
        }
        return found
    }

    /// Files of the system that tell of accounts and trust, and one that stands for all in each folder of such files.
    package static let systemPlaces: [EntryPath] =
        [
            "etc/passwd", "etc/shadow", "etc/sudoers", "etc/sudoers.d/file", "usr/local/etc/sudoers",
        ].map { EntryPath($0) }
        + TrustStores.places.map { EntryPath($0.hasSuffix("/") ? $0 + "file" : $0) }
}
