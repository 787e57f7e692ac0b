internal import JSONDocuments
internal import Model

/// A CycloneDX 1.6 bill of what the image identifies itself or others with: keys, certificates and credentials.
///
/// It is an inventory: compliant or not, everything is in it, and nothing of a secret but its fingerprint.
struct CycloneDXFormat: ReportFormat {
    let id = "cyclonedx"
    let fileName = "inventory.cdx.json"
    let mediaType = "application/vnd.cyclonedx+json"
    let summary = "CycloneDX 1.6 inventory of keys, certificates and credentials"

    func write(_ report: Report) throws(ReportError) -> [UInt8] { try collected(report) }

    func write(_ report: Report, to sink: ReportSink) throws(ReportError) {
        let assets = CryptoAsset.all(in: report)
        let algorithms = Set(assets.compactMap(\.algorithm)).sorted()
        let image: SafeText = "image:\(report.image.digest)"
        let serial = DerivedID.make(["cyclonedx", try report.identity()])
        let document: JSONValue = [
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX",
            "specVersion": "1.6", "serialNumber": "urn:uuid:\(serial)", "version": 1,
            "metadata": metadata(report, image: image),
            "components": .each(assets.count + algorithms.count) { index in
                index < assets.count
                    ? component(assets[index]) : algorithm(algorithms[index - assets.count])
            },
            "compositions": [
                [
                    "aggregate": report.basis.isWhole ? "complete" : "incomplete",
                    "assemblies": [.text(image)],
                ]
            ],
        ]
        try CanonicalJSON.encode(document, for: fileName, to: sink)
    }

    private func metadata(_ report: Report, image: SafeText) -> JSONValue {
        let tool: JSONValue = [
            "type": "application", "name": "palimpsest", "version": .text(report.toolVersion),
        ]
        return [
            "timestamp": .text(.cleaning(report.basis.asOf.description)), "tools": ["components": [tool]],
            "component": [
                "type": "container", "bom-ref": .text(image), "name": .text(report.image.name),
                "version": .text(report.image.digest),
                "properties": [
                    property("platform", report.image.platform),
                    property("gaps", "\(report.basis.gaps)"),
                    property("fingerprint-key", report.basis.fingerprintKey),
                ],
            ],
        ]
    }

    private func component(_ asset: CryptoAsset) -> JSONValue {
        let hash: JSONValue? = asset.digest.map { ["alg": "SHA-256", "content": .text($0)] }
        return [
            "type": "cryptographic-asset", "bom-ref": .text(asset.reference),
            "name": .text(asset.title.isEmpty ? "unnamed" : asset.title),
            "cryptoProperties": properties(of: asset),
            "hashes": hash.map { [$0] },
            "evidence": ["occurrences": .list(asset.placements.map { occurrence($0, of: asset) })],
            "properties": .list(asset.notes.map { property($0.name, $0.value) }),
        ]
    }

    private func properties(of asset: CryptoAsset) -> JSONValue {
        let algorithm = asset.algorithm.map { reference(to: $0) }
        switch asset.form {
        case .certificate(let certificate):
            return [
                "assetType": "certificate",
                "certificateProperties": [
                    "subjectName": certificate.subject.map(JSONValue.text),
                    "issuerName": certificate.issuer.map(JSONValue.text),
                    "notValidBefore": certificate.notBefore.map(JSONValue.text),
                    "notValidAfter": certificate.notAfter.map(JSONValue.text),
                    "signatureAlgorithmRef": algorithm, "certificateFormat": "X.509",
                ],
            ]
        case .material(let type, let bits, let expires):
            return [
                "assetType": "related-crypto-material",
                "relatedCryptoMaterialProperties": [
                    "type": .text(type), "size": bits.map(JSONValue.number),
                    "expirationDate": expires.map(JSONValue.text), "algorithmRef": algorithm,
                ],
            ]
        }
    }

    private func occurrence(_ place: Placement, of asset: CryptoAsset) -> JSONValue {
        [
            "bom-ref": "place:\(asset.reference):\(.cleaning(place.id))", "location": .text(place.place),
            "line": place.address.line.map(JSONValue.number),
            "additionalContext": "\(place.standing), \(.word(place.origin))",
        ]
    }

    private func algorithm(_ name: SafeText) -> JSONValue {
        [
            "type": "cryptographic-asset", "bom-ref": reference(to: name), "name": .text(name),
            "cryptoProperties": [
                "assetType": "algorithm", "algorithmProperties": ["primitive": .text(primitive(name))],
            ],
        ]
    }

    private func primitive(_ name: SafeText) -> SafeText {
        let lower = name.text.lowercased()
        if lower.contains("sha") || lower.contains("dsa") || lower.hasPrefix("ed") { return "signature" }
        return lower.hasPrefix("rsa") ? "pke" : "unknown"
    }

    private func reference(to algorithm: SafeText) -> JSONValue { "algorithm:\(algorithm)" }

    private func property(_ name: SafeText, _ value: SafeText) -> JSONValue {
        ["name": "palimpsest:\(name)", "value": .text(value)]
    }
}
