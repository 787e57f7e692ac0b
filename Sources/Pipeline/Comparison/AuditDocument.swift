import Archives
import Bundling
import Cryptography
import Evaluation
import FoundationEssentials
import JSONDocuments
import Model

/// What a file or a folder tells of audits, whatever its form, which its content shows.
struct AuditDocument {
    let place: String
    let told: ComparedDocument
    let images: [AuditedImage]

    /// How documents are read: what they are judged under, and who must have signed them.
    struct Reading {
        let selection: PolicySelection
        let asOf: Instant
        let key: VerifyingKey?
        private var judgement: Judgement?

        init(_ request: DiffRequest) throws(AuditError) {
            selection = request.policies
            asOf = request.asOf
            key = try request.key.map { path throws(AuditError) in try SigningKeyFile.readPublic(path) }
            // A mistake in what was named shows before anything is compared.
            if !isUsual { judgement = try Judgement(selection) }
        }

        /// Whether no policy was named, so that what was judged stays as it is.
        var isUsual: Bool { selection.words.isEmpty }

        /// The evidence, judged under the policy that was named, or the usual one.
        mutating func judged(_ evidence: Evidence) throws(AuditError) -> AuditedImage {
            if let judgement { return AuditedImage(evidence, judgement.loaded, asOf) }
            let made = try Judgement(selection)
            judgement = made
            return AuditedImage(evidence, made.loaded, asOf)
        }
    }

    /// What is at `path`: a bundle, evidence, an assessment, or a folder with the reports on one image.
    static func read(_ path: String, _ reading: inout Reading) throws(AuditError) -> AuditDocument {
        var isFolder = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder {
            return try folder(path, &reading)
        }
        let bytes = try WholeFile.read(path, atMost: JSONDocument.largest, or: .brokenEvidence)
        guard ArchiveKind.sniff(bytes.span) != .tar else {
            return try bundle(bytes, path, &reading)
        }
        try requireNoKey(reading, path)
        let digest = Digest(sha256: SHA256Hasher.hash(bytes))
        let document = try StoredJSON(bytes, place: path)
        guard document.schema == Assessment.schema else {
            let evidence = try StoredEvidence.evidence(in: document)
            return AuditDocument(
                place: path, told: .init(form: .evidence, digest: digest, isJudgedNow: true),
                images: [try reading.judged(evidence)])
        }
        guard reading.isUsual else {
            throw broken(
                path, "is an assessment without its evidence, and cannot be judged under another policy")
        }
        return AuditDocument(
            place: path, told: .init(form: .assessment, digest: digest, isJudgedNow: false),
            images: [
                AuditedImage(try StoredAssessment.assessment(in: document), of: nil, under: nil)
            ])
    }

    private static func bundle(
        _ bytes: [UInt8], _ path: String, _ reading: inout Reading
    ) throws(AuditError) -> AuditDocument {
        let opened: OpenedBundle
        let evidence: [Evidence]
        do throws(BundleError) {
            opened = try OpenedBundle.open(bytes, key: reading.key)
            evidence = try BundleInput.images(of: opened)
        } catch {
            throw BundleInput.failure(error, in: path)
        }
        var images: [AuditedImage] = []
        if reading.isUsual {
            do throws(BundleError) {
                let loaded = try BundleInput.policy(of: opened)
                images = evidence.map { AuditedImage($0, loaded, opened.record.asOf) }
            } catch {
                throw BundleInput.failure(error, in: path)
            }
        } else {
            for evidence in evidence { images.append(try reading.judged(evidence)) }
        }
        return AuditDocument(
            place: path,
            told: ComparedDocument(
                form: .bundle, digest: Digest(sha256: SHA256Hasher.hash(bytes)),
                signature: .init(opened.signature), keyID: opened.record.signer?.keyID,
                isJudgedNow: !reading.isUsual),
            images: images)
    }

    private static func folder(
        _ path: String, _ reading: inout Reading
    ) throws(AuditError) -> AuditDocument {
        try requireNoKey(reading, path)
        func file(_ name: String) throws(AuditError) -> (place: String, bytes: [UInt8])? {
            let place = path + "/" + name
            guard FileManager.default.fileExists(atPath: place) else { return nil }
            return (place, try WholeFile.read(place, atMost: JSONDocument.largest, or: .brokenEvidence))
        }
        let evidence = try file(BundledImage.evidenceName)
        let assessment = try file(BundledImage.assessmentName)
        guard let named = evidence ?? assessment else {
            throw FolderOfImages.error(at: "\(path)/\(BundledImage.evidenceName)")
                ?? broken(path, "is a folder with neither evidence.json nor assessment.json")
        }
        guard let evidence else { return try read(named.place, &reading) }
        let stored = try StoredEvidence(place: evidence.place, bytes: evidence.bytes).read()
        let isJudgedNow = assessment == nil || !reading.isUsual
        let told = ComparedDocument(
            form: .reports, digest: Digest(sha256: SHA256Hasher.hash(evidence.bytes)),
            isJudgedNow: isJudgedNow)
        guard let assessment, reading.isUsual else {
            return AuditDocument(place: path, told: told, images: [try reading.judged(stored)])
        }
        let judged = try StoredAssessment.assessment(
            in: StoredJSON(assessment.bytes, place: assessment.place))
        try requireMatch(judged, stored, assessment.place)
        return AuditDocument(
            place: path, told: told, images: [AuditedImage(judged, of: stored, under: nil)])
    }

    /// Throws where the assessment is of other evidence than what lies beside it.
    private static func requireMatch(
        _ assessment: Assessment, _ evidence: Evidence, _ place: String
    ) throws(AuditError) {
        let known = Set(evidence.findings.map(\.id) + evidence.inventory.map(\.id))
        let isWhole = assessment.rules.allSatisfy { rule in
            rule.violations.allSatisfy { $0.subject == .image || known.contains($0.id) }
        }
        guard assessment.image.digest == evidence.image.digest, isWhole else {
            throw broken(place, "is not of the evidence that lies beside it")
        }
    }

    private static func requireNoKey(_ reading: Reading, _ path: String) throws(AuditError) {
        if reading.key != nil { throw BundleInput.unsigned(path) }
    }

    private static func broken(_ place: String, _ reason: String) -> AuditError {
        AuditError(code: .brokenEvidence, place: place, reason: reason)
    }
}

extension AuditedImage {
    /// The evidence as it is judged under a policy.
    fileprivate init(_ evidence: Evidence, _ loaded: LoadedPolicy, _ asOf: Instant) {
        self.init(
            Evaluator.assess(evidence, against: loaded.policy, signOffs: loaded.signOffs, asOf: asOf),
            of: evidence, under: loaded.policy)
    }
}

extension ComparedDocument.Signature {
    fileprivate init(_ signature: OpenedBundle.Signature) {
        switch signature {
        case .none: self = .none
        case .unknownSigner: self = .unchecked
        case .givenKey: self = .checked
        }
    }
}
