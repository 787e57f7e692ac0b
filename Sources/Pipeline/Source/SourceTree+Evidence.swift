import Detection
import Model

extension SourceTree {
    /// The evidence with where each of its secrets stands in the tree, and the proof that somebody looked.
    func noted(in evidence: Evidence, detectors: DetectorSet) throws(AuditError) -> Evidence {
        let scanner: ImageScanner
        do {
            scanner = try detectors.makeScanner()
        } catch {
            throw AuditError(code: .brokenDetectors, place: name, reason: error.description)
        }
        func masked(_ place: SourcePlace) -> SourcePlace {
            SourcePlace(
                path: scanner.mask(place.path), within: place.within.map { scanner.mask($0) },
                line: place.line, state: place.state)
        }
        var known: [Fingerprint: [SourcePlace]] = [:]
        var evidence = evidence
        // In what nobody looked at, nothing is missing.
        for index in evidence.findings.indices where files > 0 {
            guard let fingerprint = evidence.findings[index].fingerprint else { continue }
            let places = known[fingerprint] ?? (places[fingerprint] ?? []).map(masked)
            known[fingerprint] = places
            evidence.findings[index].inSource = places
        }
        evidence.source = scanner.mask(name)
        evidence.add(receipt(for: evidence.image, detectors, scanner))
        return evidence
    }

    private func receipt(
        for image: ImageFacts, _ detectors: DetectorSet, _ scanner: ImageScanner
    ) -> Receipt {
        let rules = detectors.descriptions.first { $0.rules != nil }?.rules
        let missing: String? =
            if files == 0 {
                "no file of it was looked at"
            } else {
                shortfalls.isEmpty
                    ? nil : "\(Self.count(shortfalls.count, "part")) of it could not be looked at"
            }
        return Receipt(
            detector: "palimpsest.source", tool: Product.name, version: Product.version, rules: rules,
            target: image.digest, provides: [.source], layers: [], metadata: false,
            outcome: missing == nil ? .completed : .incomplete, reason: missing,
            notes: [
                "\(Self.count(files, "file")) and \(Self.count(bytes, "byte")) of \(scanner.mask(name))"
            ]
                + (unlisted > 0
                    ? ["not listed: \(Self.count(unlisted, "place")) of secrets that stand in many"] : [])
                + shortfalls.map { scanner.mask($0) })
    }

    /// `1 file`, `4 files`.
    private static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
