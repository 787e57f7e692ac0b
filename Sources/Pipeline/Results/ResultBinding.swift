import Cryptography
import Detection
import Model
import ResultImporting

/// Other tools' results as what they say of one image.
struct ResultBinding {
    let evidence: Evidence
    let places: ImagePlaces
    /// Whether results that name no image are about this one.
    let assumesTarget: Bool
    /// Whether fingerprints of the results compare with those of the evidence.
    let fingerprintsCompare: Bool
    /// What was found in the image, which results may repeat in other words, and what recognises it.
    let known: KnownSecrets
    let scanner: ImageScanner

    /// What one file of results comes to.
    struct Bound {
        var findings: [Finding]
        /// For each finding the fingerprints and aliases by which it may be known already.
        var keys: [Keys]
        var items: [InventoryItem]
        var gaps: [Gap]
        let receipt: Receipt
        var passes: [Pass] = []
    }

    /// A check that the tool says the image passed.
    struct Pass {
        let detector: String
        /// The tool's own name for it, then others.
        let names: [String]
        let location: Location

        var rule: String { names.first ?? "" }
    }

    /// By what a finding is the same as another's.
    struct Keys {
        let fingerprints: [Fingerprint]
        let aliases: [String]
    }

    /// The results as evidence of this image; an error where they are about another, or about none.
    func bind(_ stored: GivenResults) throws(AuditError) -> Bound {
        let binding = try binding(of: stored)
        // Not before: of many images most results are about others.
        let given = stored.hiding(known, scanner)
        let results = given.results
        var facts = ImportFacts(format: results.format, digest: given.digest, binding: binding)
        facts.target = results.target.name
        facts.database = results.database
        facts.run = given.run
        facts.components = results.components
        facts.signatures = results.signatures
        facts.skipped = results.skipped
        if let untried = given.untried { facts.skipped.append(untried) }
        if !fingerprintsCompare, results.findings.contains(where: { !$0.fingerprints.isEmpty }) {
            facts.skipped.append("fingerprints, since those of the evidence are of another key")
        }
        let isAbout = binding != .unknown
        let isUnpacked = !results.target.isNamed
        var bound = Bound(
            findings: [], keys: [], items: [], gaps: gaps(given),
            receipt: receipt(given, &facts, isAbout: isAbout))
        guard isAbout else { return bound }
        for imported in results.findings {
            bound.findings.append(finding(imported, of: given, isUnpacked: isUnpacked))
            bound.keys.append(
                Keys(
                    fingerprints: fingerprintsCompare ? imported.fingerprints : [], aliases: imported.aliases)
            )
        }
        bound.passes = passes(of: results, isUnpacked: isUnpacked)
        bound.items = results.items.map { item($0, of: results.tool, isUnpacked: isUnpacked) }
        return bound
    }

    /// By what the results are known to be about this image.
    private func binding(of given: GivenResults) throws(AuditError) -> ImportFacts.Binding {
        let target = given.results.target
        let image = evidence.image
        let layers = evidence.layers.filter { !$0.empty }
        func foreign(_ what: String) -> AuditError {
            AuditError(code: .foreignResults, place: given.place, reason: "is about another image: \(what)")
        }
        if !target.layers.isEmpty {
            let isSame = [layers.map(\.diffID?.text), layers.map(\.digest?.text)].contains {
                $0 == target.layers
            }
            guard isSame else { throw foreign("its layers are not those of \(image.name)") }
        }
        let hints = Set(given.results.findings.compactMap(\.place.layer).filter { Digest($0) != nil })
        if let strange = hints.sorted().first(where: { !places.has(layer: $0) }) {
            throw foreign("\(image.name) has no layer \(Digest(strange)?.short ?? "of that digest")")
        }
        if target.manifests.contains(image.digest.text) { return .digest }
        if target.images.contains(where: { [image.configDigest.text, image.digest.text].contains($0) }) {
            return .imageID
        }
        if !target.layers.isEmpty { return .layers }
        guard !target.isNamed else { throw foreign("no digest in it is one of \(image.name)") }
        // Images of one base have layers together, but hardly the last.
        let last = [layers.last?.digest, layers.last?.diffID].compactMap { $0?.text }
        if !hints.isDisjoint(with: last) { return .layers }
        if assumesTarget { return .assumed }
        if let other = given.results.likeness {
            throw AuditError(
                code: .mistakenResults, place: given.place,
                reason: "is said to be of format \(given.results.format), and looks like one of \(other)")
        }
        if given.results.failure != nil { return .unknown }
        throw AuditError(
            code: .unboundResults, place: given.place, reason: "does not say which image it is about")
    }

    private func gaps(_ given: GivenResults) -> [Gap] {
        let classes = given.classes
        var gaps = given.results.faults.map {
            Gap(layer: nil, reason: $0.reason, detail: "\(given.place): \($0.detail)", missing: classes)
        }
        if let failure = given.results.failure {
            gaps.append(
                Gap(
                    layer: nil, reason: failure.code == .truncated ? .truncated : .unreadable,
                    detail: "\(given.place): \(failure)", missing: classes))
        } else if let shortfall = given.shortfall, gaps.isEmpty {
            gaps.append(
                Gap(
                    layer: nil, reason: .detectorLimit, detail: "\(given.place): \(shortfall)",
                    missing: classes))
        }
        if let untried = given.untried {
            gaps.append(
                Gap(
                    layer: nil, reason: .detectorLimit, detail: "\(given.place): \(untried)",
                    missing: [.verifications]))
        }
        return gaps
    }

    private func receipt(_ given: GivenResults, _ facts: inout ImportFacts, isAbout: Bool) -> Receipt {
        let results = given.results
        facts.findings = isAbout ? results.findings.count : 0
        facts.others = isAbout ? results.findings.count { $0.sort == .other } : 0
        facts.suppressed = isAbout ? results.findings.count { $0.suppressed != nil } : 0
        return Receipt(
            detector: results.tool, tool: results.tool,
            version: results.version.flatMap { $0.isEmpty ? nil : $0 } ?? "of unknown version",
            rules: nil,
            target: evidence.image.digest, provides: given.classes, layers: [], metadata: false,
            outcome: given.outcome, reason: given.shortfall,
            notes: given.readBy.isEmpty
                ? nil : given.readBy.map { "what its words mean is told by \($0), not by what is built in" },
            imported: facts)
    }

    private func finding(_ imported: ImportedFinding, of given: GivenResults, isUnpacked: Bool) -> Finding {
        let tool = given.results.tool
        let (kind, severity) = (imported.kind, imported.rating)
        let place = places.place(imported.place, isUnpacked: isUnpacked)
        var attributes = imported.attributes
        if let word = imported.severity, severity == nil || !given.readBy.isEmpty {
            attributes["toolSeverity"] = .text(word)
        }
        // It lies somewhere, and nobody says where.
        let isUnplaced = kind.isSecret && imported.place.kind == .image
        let fingerprint = fingerprintsCompare ? imported.fingerprints.first : nil
        let location = place.location
        let name = [
            tool, imported.rule, kind.rawValue, attributes["package"]?.display,
            attributes["version"]?.display,
            location.line.map(String.init),
            location.column.map(String.init), fingerprint?.text,
        ]
        return Finding(
            id: Placed.id(name.map { $0 ?? "" }.joined(separator: "\u{1}"), location, 0),
            detector: tool, rule: imported.rule, kind: kind, title: imported.title,
            severity: severity ?? (kind.isSecret ? .high : .medium),
            confidence: imported.confidence ?? .medium,
            location: location,
            createdBy: place.createdBy, persistence: isUnplaced ? .unknown : place.persistence,
            removedBy: place.removedBy,
            origin: place.origin.origin, originReason: place.origin.reason, fingerprint: fingerprint,
            preview: imported.preview, attributes: attributes,
            witnesses: [
                Witness(
                    detector: tool, rule: imported.rule, kind: kind, severity: severity,
                    verified: imported.verified, suppressed: imported.suppressed)
            ])
    }

    /// What passed, without what failed elsewhere in the same results.
    private func passes(of results: ImportedResults, isUnpacked: Bool) -> [Pass] {
        let failed = Set(results.findings.map(\.rule))
        return results.passes.filter { $0.place.kind != .image || !failed.contains($0.rule) }.map { pass in
            Pass(
                detector: results.tool, names: [pass.rule] + pass.aliases,
                location: places.place(pass.place, isUnpacked: isUnpacked).location)
        }
    }

    private func item(_ imported: ImportedItem, of tool: String, isUnpacked: Bool) -> InventoryItem {
        let place = places.place(imported.place, isUnpacked: isUnpacked)
        return InventoryItem(
            id: Placed.id("\(tool) \(imported.type.rawValue) \(imported.title)", place.location, 0),
            detector: tool,
            type: imported.type, title: imported.title, location: place.location, createdBy: place.createdBy,
            persistence: place.persistence, removedBy: place.removedBy, origin: place.origin.origin,
            attributes: imported.attributes)
    }
}
