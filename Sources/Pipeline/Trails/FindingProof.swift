import Detection
import ImageReading
import Model

/// Looks for a finding in its image once more: the bytes that it names, or where it names none, what the detectors see.
package enum FindingProof {
    /// Where the reports of an audit are, if nobody said otherwise.
    private static let usualFolder = "reports"

    /// A proof for each finding that is called so: a fingerprint may be that of several.
    package static func run(_ request: ProofRequest) throws(AuditError) -> [Proof] {
        let images = try ImageSelection.open(
            request.image, platform: request.platform, connection: request.connection)
        let (findings, evidence) = try find(request, images)
        let key = try FingerprintKeyFile.key(from: request.fingerprintKey)
        guard findings.allSatisfy({ $0.fingerprint == nil }) || key.id == evidence.fingerprintKey else {
            throw AuditError(
                code: .unusableKey, place: request.image,
                reason:
                    "the evidence was made with the fingerprint key \(evidence.fingerprintKey), and not with \(key.id)"
            )
        }
        let holders = findings.map { holder(of: $0, evidence, images) }
        guard holders.contains(where: { $0 != nil }) else {
            throw foreign(findings[0], evidence, images)
        }
        return try zip(findings, holders).map { finding, holder throws(AuditError) in
            let image = holder ?? images[0]
            let isSameImage = image.digest == evidence.image.digest
            let claim = ClaimedPlace(of: finding, isSameImage: isSameImage)
            let layer = claim.layer(in: image)
            let (verdict, basis): (Proof.Verdict, String) =
                if holder == nil {
                    (.undecided, "the image has not \(part(of: finding))")
                } else if let contradiction = claim.contradiction(of: layer) {
                    (.notProven, contradiction)
                } else {
                    try prove(finding, claim, in: layer, of: image, key: key, request)
                }
            return Proof(
                verdict: verdict, basis: basis, finding: finding, layer: layer, image: image.facts,
                isSameImage: isSameImage, keyID: key.id)
        }
    }

    /// The findings, and the evidence that has them.
    private static func find(
        _ request: ProofRequest, _ images: [Image]
    ) throws(AuditError) -> ([Finding], Evidence) {
        let places =
            request.evidence.map { [$0] }
            ?? images.map { "\(usualFolder)/\($0.facts.folderName)/evidence.json" }
        var candidates: [(findings: [Finding], evidence: Evidence, place: String)] = []
        for place in places {
            for evidence in try EvidenceInput.read(place).images(of: place)
            where !FindingSearch.all(called: request.finding, in: evidence).isEmpty {
                let found = try FindingSearch.findings(called: request.finding, in: [evidence], of: place)
                candidates.append((found, evidence, place))
            }
        }
        let own = candidates.first { candidate in
            images.contains { $0.digest == candidate.evidence.image.digest }
        }
        guard let (findings, evidence, _) = own ?? candidates.first else {
            throw FindingSearch.none(called: request.finding, in: places.joined(separator: ", "))
        }
        return (findings, evidence)
    }

    /// The image that the evidence is of, or another that has what the finding is in; nil where none has.
    private static func holder(of finding: Finding, _ evidence: Evidence, _ images: [Image]) -> Image? {
        let holders = images.filter { image in
            guard let layer = finding.location.layer else {
                return image.configDigest == evidence.image.configDigest
            }
            return image.layers.contains { $0.diffID == layer.diffID }
        }
        return holders.first { $0.digest == evidence.image.digest } ?? holders.first
    }

    private static func foreign(_ finding: Finding, _ evidence: Evidence, _ images: [Image]) -> AuditError {
        AuditError(
            code: .foreignImage, place: images.first?.name ?? "",
            reason:
                "is not the image of the evidence, \(evidence.image.digest), and has not \(part(of: finding))"
        )
    }

    /// What of an image the finding is in.
    private static func part(of finding: Finding) -> String {
        finding.location.layer.map { "the layer \($0.digest)" } ?? "the same configuration"
    }

    private static func prove(
        _ finding: Finding, _ claim: ClaimedPlace, in layer: LayerDescriptor?, of image: Image,
        key: FingerprintKey, _ request: ProofRequest
    ) throws(AuditError) -> (Proof.Verdict, String) {
        if let fingerprint = finding.fingerprint, let stored = StoredBytes(finding.location) {
            do {
                let found =
                    try layer.map { layer throws(ImageError) in
                        try stored.passages(in: layer, of: image, key: key)
                    } ?? stored.passages(in: image.configuration, key: key)
                let part = layer == nil ? "the metadata" : "the layer, read to its end,"
                // What else our own detectors say of the place and the rule, they have to see again where it is not so.
                let isWhole = found.contains { passage in
                    passage.fingerprint == fingerprint
                        && (!claim.isOwn || passage.isAt(finding.location) && claim.hasOwnID(in: image))
                }
                if isWhole { return (.proven, "those bytes of \(part) have this fingerprint") }
            } catch {
                return (.undecided, "the layer cannot be read: \(error)")
            }
        }
        return try detect(finding, claim, in: layer, of: image, key: key, request)
    }

    /// What the detectors see in that layer, or in the metadata where there is none.
    private static func detect(
        _ finding: Finding, _ claim: ClaimedPlace, in layer: LayerDescriptor?, of image: Image,
        key: FingerprintKey, _ request: ProofRequest
    ) throws(AuditError) -> (Proof.Verdict, String) {
        let detectors = try PolicySources.compiledDetectors(
            adding: request.detectorFiles, key: key, cache: request.cacheFolder)
        guard detectors.descriptions.contains(where: { $0.id == finding.detector }) else {
            return (.undecided, "only another tool reports it, and does not say which bytes it means")
        }
        let read = image.layers.map { each in
            InspectedLayer(
                layer: each,
                report: each == layer
                    ? LayerInspection.run(each, of: image, detectors: detectors) : LayerReport())
        }
        let layers = AliasInspection.run(read, of: image, detectors: detectors)
        let again: Evidence
        do {
            again = try EvidenceAssembly.evidence(of: image, layers, base: nil, detectors: detectors)
        } catch {
            throw AuditError(code: .brokenDetectors, place: image.name, reason: error.description)
        }
        if let seen = claim.counterpart(among: again.findings) {
            if let contradiction = claim.contradiction(of: seen) { return (.notProven, contradiction) }
            return (.proven, "the detectors, run again, see the same at this place\(inside(finding))")
        }
        if let layer, layers.contains(where: { $0.layer == layer && !$0.report.isProven }) {
            return (.undecided, "the layer cannot be read to its end, or is not the one that the image names")
        }
        return (
            .notProven,
            "nothing like it is at this place; rules that were added with --detectors are to be given here too"
        )
    }

    private static func inside(_ finding: Finding) -> String {
        finding.location.within.isEmpty ? "" : ", inside the file"
    }
}
