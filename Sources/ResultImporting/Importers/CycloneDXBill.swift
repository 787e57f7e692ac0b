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
    /// How many of them nobody said to be of no matter here.
    private var open = 0
    private var components: [String: Component] = [:]

    mutating func take(metadata: JSONValue, _ log: inout ImportLog) -> Bool {
        let tools = metadata["tools"]
        let tool = tools?["components"]?.list.first ?? tools?.list.first ?? tools?["tool"]
        if let name = tool?["name"]?.text { log.results.tool = SARIFTool(name: name).id }
        log.results.version = tool?["version"]?.text
        guard let component = metadata["component"] else { return true }
        log.results.target.name = component["name"]?.text
        let isKnown = take(parts: component, of: known(component), depth: 0, &log)
        hasComponents = hasComponents || component["components"]?.list.isEmpty == false
        guard component["type"]?.text == "container" else { return isKnown }
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
        return isKnown
    }

    mutating func take(component: JSONValue, _ log: inout ImportLog) -> Bool {
        take(component, depth: 0, &log)
    }

    private mutating func take(_ component: JSONValue, depth: Int, _ log: inout ImportLog) -> Bool {
        guard component["name"]?.text != nil, let type = component["type"]?.text else { return false }
        let known = self.known(component)
        if type == "cryptographic-asset" {
            take(asset: component["cryptoProperties"] ?? .null, known.name, known.place, &log)
        } else {
            count += 1
        }
        return take(parts: component, of: known, depth: depth, &log)
    }

    /// Takes what lies inside a component: others, and, in the extension of schema 1.2, vulnerabilities.
    private mutating func take(
        parts component: JSONValue, of known: Component, depth: Int, _ log: inout ImportLog
    ) -> Bool {
        var isWhole = true
        for vulnerability in component["vulnerabilities"]?.list ?? [] {
            isWhole = take(vulnerability, in: known, &log) && isWhole
        }
        guard depth < Self.deepest else { return false }
        for inner in component["components"]?.list ?? [] {
            isWhole = take(inner, depth: depth + 1, &log) && isWhole
        }
        return isWhole
    }

    /// What vulnerabilities need of a component, to which they may refer.
    private mutating func known(_ component: JSONValue) -> Component {
        let known = Component(
            name: component["name"]?.text ?? "", version: component["version"]?.text,
            place: Self.place(component))
        if let reference = component["bom-ref"]?.text, components.count < Self.componentLimit {
            components[reference] = known
        }
        return known
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
        take(vulnerability, in: nil, &log)
    }

    private mutating func take(
        _ vulnerability: JSONValue, in holder: Component?, _ log: inout ImportLog
    ) -> Bool {
        guard let rule = vulnerability["id"]?.text else { return false }
        vulnerabilities += 1
        let severity = CycloneDXRating.worst(of: vulnerability["ratings"]?.list ?? [])
        let state = vulnerability[path: "analysis", "state"]?.text
        let isSettled = state.map(["not_affected", "false_positive", "resolved"].contains) ?? false
        if !isSettled { open += 1 }
        for component in affected(vulnerability, in: holder) {
            let name = component.name
            var finding = ImportedFinding(
                .vulnerability, rule: rule,
                title: [rule, name.isEmpty ? nil : "in \(name)", component.version].compactMap(\.self)
                    .joined(separator: " "), severity: severity, place: component.place)
            if !name.isEmpty { finding.notePackage(name, component.version, fixed: nil) }
            if isSettled { finding.suppressed = state }
            log.add(finding)
        }
        return true
    }

    /// The components that a vulnerability names, or else the one that it stands in; never none.
    private func affected(_ vulnerability: JSONValue, in holder: Component?) -> [Component] {
        let listed = vulnerability["affects"]?.list.compactMap { $0["ref"]?.text } ?? []
        if listed.isEmpty, let holder { return [holder] }
        let references = listed.isEmpty ? [vulnerability["ref"]?.text ?? ""] : listed
        return references.map { reference in
            components[reference] ?? Component(name: reference, version: nil, place: ImportedPlace(.image))
        }
    }

    func conclude(_ log: inout ImportLog) {
        if hasComponents {
            log.results.components = count
            log.results.provides.insert(.components)
        }
        // A list of none stands in bills of tools that looked for none, and one about nothing that is listed in
        // statements on what others found (VEX): they show no scan, and what is open in them stays open.
        if vulnerabilities > 0, count > 0 || open > 0 { log.results.provides.insert(.vulnerabilities) }
        if vulnerabilities > 0, count == 0 {
            let what = "vulnerabilities of no component that it lists, as a statement on them (VEX) does"
            guard open > 0 else { return log.addSkipped("a scan of its own: it tells of \(what)") }
            log.addTrouble("tells of \(what), which is no scan")
        }
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
