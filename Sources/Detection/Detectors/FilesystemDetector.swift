internal import Model

/// Lists what the file system grants: privileged executables, accounts, sudo rules, SSH trust, credential stores.
struct FilesystemDetector: Detector {
    let id = Self.name
    let version = "1"
    let provides: [EvidenceClass] = [.filesystem]
    let rules: Digest? = nil
    let proposals: [ProposingPattern] = []
    fileprivate static let name = "palimpsest.filesystem"
    private let roles = PathIndex(FileRole.globs)

    func purposes(of path: EntryPath) -> [Int] {
        var found: [Int] = []
        roles.collect(path.bytes, into: &found)
        return Array(found.prefix(1))
    }

    func makeScanner() -> any DetectorScanner { FilesystemScanner(roles: roles, detector: id) }
}

private final class FilesystemScanner: DetectorScanner {
    private let roles: PathIndex
    private let detector: String
    private var roleIndices: [Int] = []

    init(roles: PathIndex, detector: String) {
        self.roles = roles
        self.detector = detector
    }

    func begin(_ file: ScannedFile, into log: inout SightingLog) -> Interest {
        if file.isInLayer { notePrivileges(of: file.entry, into: &log) }
        if !roleIndices.isEmpty { roleIndices.removeAll(keepingCapacity: true) }
        roles.collect(file.path, into: &roleIndices)
        guard let role = role, case .file = file.entry.kind else { return [] }
        if let (type, title) = role.itemByPath {
            log.add(
                .item(
                    SightedItem(
                        detector: detector, type: type, title: title, place: SightedPlace(), attributes: [:]))
            )
        }
        // Accounts inside an archive are nobody's in this image.
        return role.isReadInLayer && file.isInLayer ? .content : []
    }

    func examine(_ content: Span<UInt8>, of file: ScannedFile, into log: inout SightingLog) {
        guard let role = role else { return }
        for line in TextLines.of(content, joining: role == .sudoRules) {
            guard let item = AccountFiles.item(line.text, role: role) else { continue }
            let place = SightedPlace(offset: line.offset, length: line.text.utf8.count)
            let sighted = SightedItem(
                detector: detector, type: item.type, title: item.title, place: place,
                attributes: item.attributes)
            log.add(.item(sighted), start: line.offset, hasLines: true)
        }
    }

    private var role: FileRole? { roleIndices.first.map { FileRole.all[$0] } }

    /// What the entry grants; that of a hard link holds of the file, since engines set it by the link as well.
    private func notePrivileges(of entry: FileEntry, into log: inout SightingLog) {
        switch entry.kind {
        case .file, .hardLink: break
        case .folder, .symbolicLink, .special: return
        }
        if entry.mode & 0o6000 != 0, entry.mode & 0o111 != 0 {
            let attributes: [String: AttributeValue] = [
                "mode": .text(String(entry.mode & 0o7777, radix: 8)), "uid": .number(entry.owner),
                "isRoot": .flag(entry.mode & 0o4000 != 0 && entry.owner == 0),
            ]
            log.add(
                .item(
                    SightedItem(
                        detector: detector, type: .setuidFile, title: entry.path.description,
                        place: SightedPlace(),
                        attributes: attributes)))
        }
        guard !entry.extendedAttributes.isEmpty, let bytes = entry.extendedAttributes["security.capability"],
            let capabilities = FileCapabilities(bytes)
        else { return }
        log.add(
            .item(
                SightedItem(
                    detector: detector, type: .fileCapability, title: entry.path.description,
                    place: SightedPlace(),
                    attributes: ["capabilities": .text(capabilities.text)])))
    }
}

extension Sighting {
    /// The memory of a program that crashed, as whoever takes it apart knows it: with all that the program held.
    package static func coreDump(within: [String]) -> Sighting {
        .item(
            SightedItem(
                detector: FilesystemDetector.name, type: .credentialStore, title: "core dump",
                place: SightedPlace(within: within), attributes: [:]))
    }
}
