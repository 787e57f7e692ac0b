internal import Model

/// What a CycloneDX bill says, record by record: vulnerabilities refer to components.
struct CycloneDXBill {
    /// A component as vulnerabilities need it.
    private struct Component {
        let name: String
        let version: String?
        let place: ImportedPlace
    }

    /// No honest bill has more.
    private static let componentLimit = 100_000
    /// Nested deeper than any bill.
    private static let deepest = 16

    var hasComponents = false
    private var count = 0
    private var vulnerabilities = 0
    private var components: [String: Component] = [:]

    mutating func take(metadata: JSONValue, _ log: inout ImportLog) -> Bool {
        let tools = metadata["tools"]
        let tool = tools?["components"]?.list.first ?? tools?.list.first ?? tools?["tool"]
        if let name = tool?["name"]?.text { log.results.tool = SARIFTool(name: name).id }
        log.results.version = tool?["version"]?.text
        guard let component = metadata["component"] else { return true }
        log.results.target.name = component["name"]?.text
        guard component["type"]?.text == "container" else { return true }
        log.results.target.add(manifest: ImportedTarget.digest(in: component["version"]?.text))
        for property in component["properties"]?.list ?? [] {
            guard let name = property["name"]?.text, let value = property["value"]?.text else { continue }
            switch name.split(separator: ":").last {
            case "ImageID": log.results.target.add(image: value)
            case "DiffID": log.results.target.layers.append(value)
            case "RepoDigest": log.results.target.add(manifest: ImportedTarget.digest(in: value))
            default: break
            }
        }
        return true
    }

    mutating func take(component: JSONValue, _ log: inout ImportLog) -> Bool {
        take(component, depth: 0, &log)
    }

    private mutating func take(_ component: JSONValue, depth: Int, _ log: inout ImportLog) -> Bool {
        guard let name = component["name"]?.text, let type = component["type"]?.text else { return false }
        let place = Self.place(component)
        if type == "cryptographic-asset" {
            take(asset: component["cryptoProperties"] ?? .null, name, place, &log)
        } else {
            count += 1
            if let reference = component["bom-ref"]?.text, components.count < Self.componentLimit {
                components[reference] = Component(
                    name: name, version: component["version"]?.text, place: place)
            }
        }
        guard depth < Self.deepest else { return false }
        return (component["components"]?.list ?? []).reduce(true) { isWhole, inner in
            take(inner, depth: depth + 1, &log) && isWhole
        }
    }

    private func take(
        asset: JSONValue, _ name: String, _ place: ImportedPlace, _ log: inout ImportLog
    ) {
        if let facts = asset["certificateProperties"] {
            var item = ImportedItem(
                type: .certificate, title: facts["subjectName"]?.text ?? name, place: place)
            for (key, source) in [("notBefore", "notValidBefore"), ("notAfter", "notValidAfter")] {
                item.attributes[key] = facts[source]?.text.flatMap { Instant($0) }.map(AttributeValue.instant)
            }
            item.attributes["subject"] = facts["subjectName"]?.text.map(AttributeValue.text)
            item.attributes["issuer"] = facts["issuerName"]?.text.map(AttributeValue.text)
            log.results.provides.insert(.certificates)
            log.add(item)
        }
        guard let material = asset["relatedCryptoMaterialProperties"], let type = material["type"]?.text,
            let kind = Self.secretMaterials[type]
        else { return }
        var finding = ImportedFinding(
            .known(kind), rule: "crypto-material.\(type)", title: "\(type): \(name)", place: place)
        let state = material["state"]?.text
        if state == "destroyed" || state == "deactivated" { finding.suppressed = state }
        finding.attributes["expires"] = material["expirationDate"]?.text.flatMap { Instant($0) }.map(
            AttributeValue.instant)
        log.note(material["value"]?.text ?? material[path: "value", "content"]?.text, of: &finding)
        log.results.provides.insert(.secrets)
        log.add(finding)
    }

    private static let secretMaterials: [String: FindingKind] = [
        "private-key": .privateKey, "secret-key": .genericCredential, "shared-secret": .genericCredential,
        "password": .genericCredential, "credential": .genericCredential, "token": .genericCredential,
        "key": .genericCredential,
    ]

    mutating func take(vulnerability: JSONValue, _ log: inout ImportLog) -> Bool {
        guard let rule = vulnerability["id"]?.text else { return false }
        vulnerabilities += 1
        let severity = CycloneDXRating.worst(of: vulnerability["ratings"]?.list ?? [])
        let state = vulnerability[path: "analysis", "state"]?.text
        let references = vulnerability["affects"]?.list.compactMap { $0["ref"]?.text } ?? []
        for reference in references.isEmpty ? [""] : references {
            let component = components[reference]
            let name = component?.name ?? reference
            var finding = ImportedFinding(
                .vulnerability, rule: rule,
                title: [rule, name.isEmpty ? nil : "in \(name)", component?.version].compactMap(\.self)
                    .joined(separator: " "), severity: severity,
                place: component?.place ?? ImportedPlace(.image))
            if !name.isEmpty { finding.notePackage(name, component?.version, fixed: nil) }
            if let state, ["not_affected", "false_positive", "resolved"].contains(state) {
                finding.suppressed = state
            }
            log.add(finding)
        }
        return true
    }

    func conclude(_ log: inout ImportLog) {
        if hasComponents {
            log.results.components = count
            log.results.provides.insert(.components)
        }
        // A list of none stands in bills of tools that looked for none.
        if vulnerabilities > 0 { log.results.provides.insert(.vulnerabilities) }
        if log.results.provides.isEmpty {
            log.results.provides = [.components]
            log.addTrouble("lists neither components nor vulnerabilities")
        }
    }

    /// The first place that Syft or Trivy names among the properties.
    private static func place(_ component: JSONValue) -> ImportedPlace {
        var path: String?
        var layer: String?
        for property in component["properties"]?.list ?? [] {
            guard let name = property["name"]?.text, let value = property["value"]?.text else { continue }
            switch name {
            case "syft:location:0:path", "aquasecurity:trivy:FilePath": path = path ?? value
            case "syft:location:0:layerID", "aquasecurity:trivy:LayerDiffID": layer = layer ?? value
            default: break
            }
        }
        let occurrence = component[path: "evidence", "occurrences"]?.list.first?["location"]?.text
        guard let path = path ?? occurrence else { return ImportedPlace(.image, layer: layer) }
        return .file(path, layer: layer)
    }
}
