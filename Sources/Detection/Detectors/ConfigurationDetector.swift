internal import Model

/// Lists what the image's configuration grants: the user it runs as, the ports it opens, the volumes it declares.
struct ConfigurationDetector: Detector {
    let id = "palimpsest.configuration"
    let version = "1"
    let provides: [EvidenceClass] = [.configuration]
    let rules: Digest? = nil
    let proposals: [ProposingPattern] = []

    func makeScanner() -> any DetectorScanner { ConfigurationScanner(detector: id) }
}

private final class ConfigurationScanner: DetectorScanner {
    private let detector: String

    init(detector: String) { self.detector = detector }

    func inspect(_ configuration: ImageConfiguration, into log: inout SightingLog) {
        guard configuration.exists else { return }
        log.add(.item(runtimeUser(configuration.user)))
        for port in configuration.exposedPorts {
            log.add(item(.exposedPort, port, config: "ExposedPorts/\(port)", ["port": .text(port)]))
        }
        for volume in configuration.volumes {
            log.add(item(.volume, volume, config: "Volumes/\(volume)", [:]))
        }
    }

    /// Without a user, and with one whose number is 0, the container runs as root; a group may follow a colon.
    private func runtimeUser(_ user: String) -> SightedItem {
        let name = String(user.prefix { $0 != ":" })
        let isRoot = name.isEmpty || name == "root" || Int(name) == 0
        var attributes: [String: AttributeValue] = [
            "name": .text(name.isEmpty ? "root" : name), "isRoot": .flag(isRoot),
        ]
        attributes["uid"] = isRoot ? .number(0) : Int(name).map(AttributeValue.number)
        return SightedItem(
            detector: detector, type: .runtimeUser, title: name.isEmpty ? "root (no user set)" : user,
            place: SightedPlace(config: "User"), attributes: attributes)
    }

    private func item(
        _ type: InventoryType, _ title: String, config: String, _ attributes: [String: AttributeValue]
    ) -> Sighting {
        .item(
            SightedItem(
                detector: detector, type: type, title: title, place: SightedPlace(config: config),
                attributes: attributes))
    }
}
