internal import Cryptography
internal import Model

/// Finds private keys, key stores and key tables in binary form: no pattern over text sees those.
struct KeyFileDetector: Detector {
    let id = "palimpsest.key-files"
    let version = "2"
    let provides: [EvidenceClass] = [.secrets]
    let rules: Digest? = nil
    let proposals: [ProposingPattern] = []
    let key: FingerprintKey

    func makeScanner() -> any DetectorScanner { KeyFileScanner(key: key, detector: id) }
}

private final class KeyFileScanner: DetectorScanner {
    private let key: FingerprintKey
    private let detector: String

    init(key: FingerprintKey, detector: String) {
        self.key = key
        self.detector = detector
    }

    func begin(_ file: ScannedFile, into log: inout SightingLog) -> Interest {
        .contentIfBeginning
    }

    func wantsContent(_ file: ScannedFile, beginning: Span<UInt8>) -> Bool {
        guard beginning.count > 16 else { return false }
        switch beginning[0] {
        case 0x30: return Self.mayBeDER(beginning, size: file.entry.size)
        case 0xfe, 0xce: return KeyStore.mayBeJava(beginning)
        default:
            // Of what is too large to be looked at as a whole, only a mark of its own tells that it should have been.
            let isMarked = file.entry.size <= ImageScanner.largestContent || beginning[0] == 0x03
            return isMarked && SecretFileForm.mayBegin(beginning)
        }
    }

    /// Ids are part of the evidence, so they are written out.
    private static func rule(for store: KeyStore) -> String {
        switch store {
        case .pkcs12: "key-file.pkcs12"
        case .jks: "key-file.jks"
        case .jceks: "key-file.jceks"
        }
    }

    func examine(_ content: Span<UInt8>, of file: ScannedFile, into log: inout SightingLog) {
        if let form = SecretFileForm(content) {
            add(form, content, &log)
        } else if let store = KeyStore.withKey(content) {
            let isOpen = KeyStore.leavesKeyOpen(content)
            add(
                rule: Self.rule(for: store), kind: isOpen ? .privateKey : .keystore,
                severity: isOpen ? .critical : .high, title: "\(store.rawValue) key store",
                attributes: ["encrypted": .flag(!isOpen)], content, &log)
        } else if let length = Self.lengthAlone(content),
            case let key = content.extracting(first: length),
            let facts = try? PrivateKeyFacts.parse(der: key)
        {
            var attributes: [String: AttributeValue] = [:]
            facts.note(in: &attributes)
            let algorithm = facts.algorithm.map { "\($0) " } ?? ""
            add(
                rule: "key-file.der", kind: facts.encrypted ? .encryptedKey : .privateKey,
                severity: facts.encrypted ? .medium : .critical, title: "\(algorithm)private key in DER",
                attributes: attributes, key, &log)
        }
    }

    private func add(_ form: SecretFileForm, _ content: Span<UInt8>, _ log: inout SightingLog) {
        let isOpen: Bool
        let words: (rule: String, title: String)
        switch form {
        case .keytab: (isOpen, words) = (true, ("key-file.keytab", "Keys of Kerberos principals (keytab)"))
        case .dropbear: (isOpen, words) = (true, ("key-file.dropbear", "Private key of Dropbear"))
        case .onionService:
            (isOpen, words) = (true, ("key-file.onion-service", "Private key of an onion service"))
        case .keePass: (isOpen, words) = (false, ("key-file.keepass", "KeePass database"))
        case .keyring: (isOpen, words) = (false, ("key-file.keyring", "Keyring of a desktop"))
        case .openPGP(let isEncrypted):
            (isOpen, words) = (!isEncrypted, ("key-file.openpgp", "Secret key of OpenPGP"))
        }
        let closed: FindingKind = if case .openPGP = form { .encryptedKey } else { .keystore }
        add(
            rule: words.rule, kind: isOpen ? .privateKey : closed, severity: isOpen ? .critical : .medium,
            title: words.title, attributes: ["encrypted": .flag(!isOpen)], content, &log)
    }

    private func add(
        rule: String, kind: FindingKind, severity: Severity, title: String,
        attributes: [String: AttributeValue], _ content: Span<UInt8>, _ log: inout SightingLog
    ) {
        let place = SightedPlace(offset: 0, length: content.count)
        let finding = SightedFinding(
            detector: detector, rule: rule, kind: kind, title: title, severity: severity, confidence: .high,
            bases: [.structure], place: place, fingerprint: key.fingerprint(of: content),
            preview: Redacted(length: content.count),
            attributes: attributes)
        log.add(.finding(finding))
        let item = SightedItem(
            detector: detector, type: .key, title: title, place: place, attributes: attributes)
        log.add(.item(item))
    }

    /// How many bytes the length of the sequence takes that `bytes` begin with, its tag among them.
    private static func header(of bytes: Span<UInt8>) -> Int {
        (0x81...0x83).contains(bytes[1]) ? 2 + Int(bytes[1] & 0x0f) : 2
    }

    /// How long that sequence is; nil where only its end tells.
    private static func length(of bytes: Span<UInt8>) -> Int? {
        switch bytes[1] {
        case 0..<0x80: 2 + Int(bytes[1])
        case 0x80: nil
        case 0x81...0x83: (2..<header(of: bytes)).reduce(0) { $0 << 8 | Int(bytes[$1]) } + header(of: bytes)
        default: 2
        }
    }

    /// How long the sequence is that `content` consists of, but for a line break; nil where something else follows it.
    private static func lengthAlone(_ content: Span<UInt8>) -> Int? {
        guard let length = length(of: content) else { return content.count }
        let isAlone = (min(length, content.count)..<content.count).allSatisfy {
            content[$0] == 0x0a || content[$0] == 0x0d
        }
        return isAlone ? min(length, content.count) : nil
    }

    /// A sequence as long as the file, but for a line break behind it, that begins with a version, as keys and PKCS#12 do,
    /// or with an algorithm.
    private static func mayBeDER(_ bytes: Span<UInt8>, size: Int) -> Bool {
        if let length = length(of: bytes), size > 0, !(0...2).contains(size - length) { return false }
        let header = header(of: bytes)
        let beginsWithVersion = bytes[header] == 0x02 && bytes[header + 1] == 1 && bytes[header + 2] <= 3
        let beginsWithAlgorithm = bytes[header] == 0x30 && bytes[header + 2] == 0x06
        return beginsWithVersion || beginsWithAlgorithm
    }
}
