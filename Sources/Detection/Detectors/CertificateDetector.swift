internal import Cryptography
internal import Model

/// Finds X.509 certificates: PEM blocks in any file, files that are one in DER, and the trust stores of Java; and
/// certificates of OpenSSH.
struct CertificateDetector: Detector {
    let id = "palimpsest.certificates"
    let version = "1"
    let provides: [EvidenceClass] = [.certificates]
    let rules: Digest? = nil
    let proposals = [
        ProposingPattern(
            pattern: "-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----", place: "certificate detector")
    ]

    func purposes(of path: EntryPath) -> [Int] {
        (TrustStores.contain(path.bytes) ? [0] : [])
            + (CertificateScanner.isOpenSSH(path.bytes) ? [1] : [])
    }

    func makeScanner() -> any DetectorScanner { CertificateScanner(detector: id) }
}

private final class CertificateScanner: DetectorScanner {
    private let detector: String
    private var type = InventoryType.certificate
    private var isOpenSSH = false
    /// Certificates by the digest of their block: images hold each many times, and libcrypto takes long over one.
    private var known: [[UInt8]: Certificate] = [:]

    /// No honest certificate is larger.
    private static let largest = 64 * 1024
    private static let knownLimit = 1_000
    /// As OpenSSH names the files of its certificates.
    private static let openSSHEnding = Array("-cert.pub".utf8)

    init(detector: String) { self.detector = detector }

    func begin(_ file: ScannedFile, into log: inout SightingLog) -> Interest {
        type = TrustStores.contain(file.path) ? .trustAnchor : .certificate
        isOpenSSH = Self.isOpenSSH(file.path)
        let mayHold = (1...ImageScanner.largestContent).contains(file.entry.size) || !file.isInLayer
        return mayHold ? .contentIfBeginning : []
    }

    static func isOpenSSH(_ path: [UInt8]) -> Bool {
        path.last == openSSHEnding.last && path.suffix(openSSHEnding.count).elementsEqual(openSSHEnding)
    }

    /// A sequence as long as the file that begins with another, or what may be a store.
    func wantsContent(_ file: ScannedFile, beginning: Span<UInt8>) -> Bool {
        guard beginning.count > 8 else { return false }
        if isOpenSSH { return true }
        guard beginning[0] == 0x30 else { return KeyStore.mayBeJava(beginning) }
        if Self.mayBePKCS12(beginning) { return true }
        guard (0x81...0x83).contains(beginning[1]) else { return false }
        let header = 2 + Int(beginning[1] & 0x0f)
        let length = (2..<header).reduce(0) { $0 << 8 | Int(beginning[$1]) }
        return beginning[header] == 0x30 && (length + header == file.entry.size || file.entry.size == 0)
    }

    /// A sequence with a length of two or three bytes that begins with version 3.
    private static func mayBePKCS12(_ beginning: Span<UInt8>) -> Bool {
        guard beginning[1] == 0x82 || beginning[1] == 0x83 else { return false }
        let version = 2 + Int(beginning[1] & 0x0f)
        return beginning[version] == 0x02 && beginning[version + 1] == 1 && beginning[version + 2] == 3
    }

    func scan(
        _ window: Span<UInt8>, at position: WindowPosition, hits: ArraySlice<Hit>, into log: inout SightingLog
    ) {
        for block in CertificateBlocks.of(hits, in: window, largest: Self.largest) {
            guard block.lowerBound >= position.ownedFrom else { continue }
            guard !block.isEmpty else {
                log.fallShort(
                    "a certificate of more than \(ImageScanner.overlap >> 10) KiB is not read whole")
                continue
            }
            guard let certificate = certificate(in: window.extracting(block)) else { continue }
            let offset = position.offset + block.lowerBound
            let place = SightedPlace(offset: offset, length: block.count)
            log.add(.item(item(certificate, place)), start: offset, hasLines: true)
        }
    }

    func examine(_ content: Span<UInt8>, of file: ScannedFile, into log: inout SightingLog) {
        if isOpenSSH { return examineOpenSSH(content, into: &log) }
        if content.count <= Self.largest, let certificate = try? Certificate.parse(der: content) {
            return log.add(.item(item(certificate, SightedPlace(offset: 0, length: content.count))))
        }
        let trusted = KeyStore.trustedCertificates(in: content)
        guard !trusted.isEmpty else { return }
        type = .trustAnchor
        for range in trusted where range.count <= Self.largest {
            guard let certificate = certificate(in: content.extracting(range), isPEM: false) else { continue }
            let place = SightedPlace(offset: range.lowerBound, length: range.count)
            log.add(.item(item(certificate, place)))
        }
    }

    /// `type base64 comment`.
    private func examineOpenSSH(_ content: Span<UInt8>, into log: inout SightingLog) {
        for line in TextLines.of(content) {
            let words = line.text.split { $0 == " " || $0 == "\t" }
            guard words.count > 1, let bytes = Base64.decode(Array(words[1].utf8)),
                let certificate = OpenSSHCertificate(bytes)
            else { continue }
            let place = SightedPlace(offset: line.offset, length: line.text.utf8.count)
            log.add(.item(item(certificate, bytes, place)), start: line.offset, hasLines: true)
        }
    }

    private func item(_ certificate: OpenSSHCertificate, _ bytes: [UInt8], _ place: SightedPlace)
        -> SightedItem
    {
        var attributes: [String: AttributeValue] = [
            "subject": .text(certificate.name), "isCA": .flag(false),
            "issuer": .text("OpenSSH key \(Hex.string(SHA256Hasher.hash(certificate.authority)))"),
            "notBefore": .instant(Instant(seconds: certificate.notBefore)),
            "selfSigned": .flag(certificate.authority == certificate.publicKey),
            "sha256": .text(Hex.string(SHA256Hasher.hash(bytes))),
        ]
        let key = OpenSSHKey.algorithm(ofPublicKey: certificate.publicKey)
        attributes["notAfter"] = certificate.notAfter.map { .instant(Instant(seconds: $0)) }
        attributes["algorithm"] = key.map { .text($0.name) }
        attributes["keyBits"] = key.map { .number($0.bits) }
        attributes["spki"] = OpenSSHKey.spki(ofPublicKey: certificate.publicKey).map(AttributeValue.text)
        let title = "OpenSSH certificate of a \(certificate.isHost ? "host" : "user"): \(certificate.name)"
        return SightedItem(
            detector: detector, type: .certificate, title: title, place: place, attributes: attributes)
    }

    private func certificate(in block: Span<UInt8>, isPEM: Bool = true) -> Certificate? {
        var hasher = SHA256Hasher()
        hasher.update(block)
        let digest = hasher.finish()
        if let certificate = known[digest] { return certificate }
        let parsed = isPEM ? try? Certificate.parse(pem: block) : try? Certificate.parse(der: block)
        guard let certificate = parsed else { return nil }
        if known.count < Self.knownLimit { known[digest] = certificate }
        return certificate
    }

    private func item(_ certificate: Certificate, _ place: SightedPlace) -> SightedItem {
        var attributes: [String: AttributeValue] = [
            "subject": .text(certificate.subject), "issuer": .text(certificate.issuer),
            "notBefore": .instant(Instant(seconds: certificate.notBefore)),
            "notAfter": .instant(Instant(seconds: certificate.notAfter)),
            "signatureAlgorithm": .text(certificate.signatureAlgorithm), "isCA": .flag(certificate.isCA),
            "selfSigned": .flag(certificate.isSelfSigned), "sha256": .text(certificate.sha256),
        ]
        attributes["algorithm"] = certificate.keyAlgorithm.map(AttributeValue.text)
        attributes["spki"] = certificate.spki.map(AttributeValue.text)
        attributes["keyBits"] = certificate.keyBits.map(AttributeValue.number)
        let title = certificate.subject.isEmpty ? "serial number \(certificate.serial)" : certificate.subject
        return SightedItem(detector: detector, type: type, title: title, place: place, attributes: attributes)
    }
}
