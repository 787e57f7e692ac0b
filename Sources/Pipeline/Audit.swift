import Cryptography
import Detection
import Evaluation
import FoundationEssentials
import ImageReading
package import Model
import Reporting

/// The main job: images in, audits out.
///
/// # How it works
/// Policy and detectors are loaded first, so that a mistake in either costs no reading. Then each image is opened,
/// its layers are read side by side (``Inspection``), what was seen becomes evidence (``EvidenceAssembly``), the
/// evidence is held against the policy (`Evaluator`), and the reports are written (``Publication``). One image that
/// cannot be read changes the exit status, but does not end the run.
///
/// This module is the one place where the stages meet, and where concurrency lives.
package enum Audit {
    /// Detectors, policy and reports over every image of `request`.
    package static func run(
        _ request: AuditRequest, progress: @escaping ProgressObserver = { _ in }
    ) async -> AuditResult {
        let bundler: Bundler?
        do {
            // First, because it may ask somebody for a passphrase.
            bundler = try request.bundle.map { request throws(AuditError) in try Bundler(request) }
        } catch {
            return AuditResult(errors: [error])
        }
        // Side by side, and a mistake in one does not hide those in the other.
        async let judgement = Result { () throws(AuditError) in try Judgement(request.policies) }
        async let detectors = Result { () throws(AuditError) in try Self.detectors(request) }
        async let layout = Result { () throws(AuditError) in try ReportLayout(request.reports) }
        switch (await judgement, await detectors, await layout) {
        case (.success(let judgement), .success(let detectors), .success(let layout)):
            let secrets: DocumentSecrets
            do {
                try judgement.requireKey(detectors.keyID)
                secrets = DocumentSecrets(
                    judgement, key: try FingerprintKeyFile.key(from: request.fingerprintKey))
            } catch {
                return AuditResult(errors: [error])
            }
            var judged: [Evidence] = []
            var folders = ReportFolders(request.reports)
            var result = await each(request, detectors, progress, allowing: secrets.requireNone) {
                (evidence, isOnlyImage) async throws(AuditError) in
                let evidence = try judgement.noted(in: evidence)
                let folder = try folders.next(for: evidence.image, isOnlyImage: isOnlyImage)
                if bundler != nil { judged.append(evidence) }
                return try await judgement.publish(
                    evidence, asOf: request.asOf, request.reports, layout, folder: folder,
                    isOnlyImage: isOnlyImage)
            }
            bundler?.write(judged, under: judgement, request.reports, asOf: request.asOf, into: &result)
            RunPublication.write(
                request.reports, under: judgement, layout, asOf: request.asOf, into: &result)
            return result
        case (let judgement, let detectors, let layout):
            return AuditResult(
                errors: [judgement.failure, detectors.failure, layout.failure].compactMap(\.self))
        }
    }

    /// Detectors only: writes the evidence of every image of `request`.
    package static func inspect(
        _ request: AuditRequest, progress: @escaping ProgressObserver = { _ in }
    ) async -> AuditResult {
        let detectors: DetectorSet
        do {
            detectors = try Self.detectors(request)
        } catch {
            return AuditResult(errors: [error])
        }
        var folders = ReportFolders(request.reports)
        return await each(request, detectors, progress) { (evidence, isOnlyImage) throws(AuditError) in
            let folder = try folders.next(for: evidence.image, isOnlyImage: isOnlyImage)
            return try Publication.publish(evidence, request.reports, folder: folder)
        }
    }

    /// Policy and reports over stored evidence, also in bundles; `signer` is a file with the key that must have signed each.
    ///
    /// With the key that made the fingerprints, secrets of an image are recognised in what people signed.
    package static func evaluate(
        _ given: [StoredEvidence], signedBy signer: String? = nil, policies: PolicySelection,
        reports: ReportSelection, asOf: Instant, adding results: ResultRequest? = nil,
        fingerprintKey: FingerprintKeySource? = nil, bundle: BundleRequest? = nil
    ) async -> AuditResult {
        var result = AuditResult()
        let judgement: Judgement
        let layout: ReportLayout
        let bundler: Bundler?
        let key: VerifyingKey?
        var judged: [Evidence] = []
        var intake: ResultIntake?
        let secrets: DocumentSecrets
        do {
            key = try signer.map { path throws(AuditError) in try SigningKeyFile.readPublic(path) }
            bundler = try bundle.map { request throws(AuditError) in try Bundler(request) }
            judgement = try Judgement(policies)
            layout = try ReportLayout(reports)
            intake = try results.map { results throws(AuditError) in try results.read() }
            secrets = DocumentSecrets(
                judgement,
                key: try fingerprintKey.flatMap { source throws(AuditError) in
                    try FingerprintKeyFile.existingKey(from: source)
                })
        } catch {
            return AuditResult(errors: [error])
        }
        let documents: [StoredEvidence]
        do {
            documents = try given.map { document throws(AuditError) in try document.atHand() }
            // One after the other: there may be thousands.
            for document in secrets.areSought ? documents : [] {
                for image in images(in: document, signedBy: key) { try secrets.requireNone(of: image) }
            }
        } catch {
            return AuditResult(errors: [error])
        }
        var folders = ReportFolders(reports)
        var seen: Set<Int> = []
        var isOnly = documents.count == 1
        for document in documents {
            do throws(AuditError) {
                let images = try EvidenceInput.read(document, signedBy: key).images(of: document.place)
                let isOnlyImage = documents.count == 1 && images.count == 1
                isOnly = isOnly && isOnlyImage
                for var evidence in images {
                    // One image would count as two, with two series of the same name in a feed.
                    if !isOnlyImage, !seen.insert(evidence.hashValue).inserted {
                        result.notes.append(
                            "\(document.place) has evidence that was given before, and counts once")
                        continue
                    }
                    if let added = try intake?.evidence(evidence, trace: nil, isOnlyImage: isOnlyImage) {
                        evidence = added
                        // Other tools may have found more.
                        try secrets.requireNone(of: evidence)
                    }
                    evidence = try judgement.noted(in: evidence)
                    let folder = try folders.next(for: evidence.image, isOnlyImage: isOnlyImage)
                    result.outcomes.append(
                        try await judgement.publish(
                            evidence, asOf: asOf, reports, layout, folder: folder, isOnlyImage: isOnlyImage))
                    if bundler != nil { judged.append(evidence) }
                }
            } catch {
                result.errors.append(error)
                result.unaudited.append(RunEntry(failed: document.place, because: error.reason))
            }
        }
        if !isOnly { result.errors += intake?.strays ?? [] }
        bundler?.write(judged, under: judgement, reports, asOf: asOf, into: &result)
        RunPublication.write(reports, under: judgement, layout, asOf: asOf, into: &result)
        return result
    }

    /// The evidence that a document holds, or none where it cannot be read.
    private static func images(in document: StoredEvidence, signedBy key: VerifyingKey?) -> [Evidence] {
        (try? EvidenceInput.read(document, signedBy: key).images(of: document.place)) ?? []
    }

    private static func detectors(_ request: AuditRequest) throws(AuditError) -> DetectorSet {
        let key = try FingerprintKeyFile.key(from: request.fingerprintKey)
        return try PolicySources.compiledDetectors(
            adding: request.detectorFiles, key: key, cache: request.cacheFolder)
    }

    private static func intake(
        _ request: AuditRequest, _ detectors: DetectorSet
    ) throws(AuditError) -> ResultIntake? {
        guard !request.results.sources.isEmpty else { return nil }
        let key = try FingerprintKeyFile.key(from: request.fingerprintKey)
        return try ResultIntake(request.results, key: key, detectors: detectors)
    }

    /// Opens and reads image after image, and when `check` allows all of it does with the evidence what the caller wants.
    private static func each(
        _ request: AuditRequest, _ detectors: DetectorSet, _ progress: @escaping ProgressObserver,
        allowing check: (Evidence) throws(AuditError) -> Void = { (_) throws(AuditError) in },
        _ finish: (Evidence, _ isOnlyImage: Bool) async throws(AuditError) -> ImageOutcome
    ) async -> AuditResult {
        var result = AuditResult(notes: detectors.notes.map(Self.shown))
        let source: SourceTree?
        do throws(AuditError) {
            source = try request.source.map { path throws(AuditError) in
                try SourceTree.read(path, detectors: detectors)
            }
        } catch {
            return AuditResult(errors: [masked(error, detectors)])
        }
        if let count = source?.shortfalls.count, count > 0 {
            result.notes.append(
                "\(count) parts of the source tree could not be looked at; the receipt names them")
        }
        result.notes += EnvironmentChoice.idle(among: request.environments, of: request.images).map {
            "--environment \(detectors.shown($0.choice.text)) \($0.reason)"
        }
        // Until the last is read nobody knows what the reports of the first may show.
        var gathered: [Evidence] = []
        var unread = 0
        let cache = request.remembersLayers ? request.cacheFolder : nil
        let memory = LayerMemory(cache: cache.flatMap { LayerCache(folder: $0, detectors: detectors) })
        var intake: ResultIntake?
        do {
            // Before the images, so that a mistake in one costs no reading.
            intake = try self.intake(request, detectors)
        } catch {
            return AuditResult(errors: [masked(error, detectors)])
        }
        var isOnly = true
        var base = request.base.map { GivenBase(name: $0, connection: request.connection) }
        reading: for (position, name) in request.images.enumerated() {
            progress(.opening(image: shown(name, detectors)))
            do throws(AuditError) {
                let images = try ImageSelection.open(
                    name, platform: request.platform, connection: request.connection)
                for image in images {
                    let given: ImageFacts.Base?
                    do throws(AuditError) {
                        given = try base?.base(of: image)
                    } catch {
                        // It would be missing for every other image as well.
                        let error = masked(error, detectors)
                        result.errors.append(error)
                        unread += request.images.count - position
                        result.unaudited += request.images[position...].map {
                            RunEntry(failed: shown($0, detectors), because: "the base image: \(error)")
                        }
                        break reading
                    }
                    var (evidence, trace) = try await Inspection.run(
                        image, base: given, detectors: detectors, workers: request.workers, memory: memory,
                        progress: progress)
                    if let choice = request.environments.first(where: { $0.isAbout(name) }) {
                        evidence.image.environment = choice.name
                    }
                    let isOnlyImage = request.images.count == 1 && images.count == 1
                    if let added = try intake?.evidence(evidence, trace: trace, isOnlyImage: isOnlyImage) {
                        evidence = added
                    }
                    if let source { evidence = try source.noted(in: evidence, detectors: detectors) }
                    isOnly = isOnly && isOnlyImage
                    gathered.append(evidence)
                }
            } catch {
                let error = masked(error, detectors)
                result.errors.append(error)
                result.unaudited.append(RunEntry(failed: shown(name, detectors), because: error.reason))
                unread += 1
            }
        }
        do throws(AuditError) {
            for evidence in gathered { try check(evidence) }
        } catch {
            result.errors.append(masked(error, detectors))
            return result
        }
        // The platforms of one image are one image, built alike.
        if request.images.count > 1 { gathered = ImageComparison.noted(in: gathered, unread: unread) }
        for evidence in gathered {
            do throws(AuditError) {
                result.outcomes.append(try await finish(evidence, isOnly))
            } catch {
                let error = masked(error, detectors)
                result.errors.append(error)
                result.unaudited.append(RunEntry(failed: evidence.image.name, because: error.reason))
            }
        }
        // Of an only image, results about another were an error already.
        if !isOnly { result.errors += (intake?.strays ?? []).map { masked($0, detectors) } }
        return result
    }

    private static func shown(_ reference: String, _ detectors: DetectorSet) -> String {
        detectors.shown(ImageReference.shown(reference))
    }

    private static func shown(_ note: String) -> String { SafeText.cleaning(note, limit: 600).text }

    /// Tags and platforms that an image offers, and the reference itself, may hold secrets like any other text.
    private static func masked(_ error: AuditError, _ detectors: DetectorSet) -> AuditError {
        guard let scanner = try? detectors.makeScanner() else {
            return AuditError(code: error.code, place: "", reason: "an image could not be audited")
        }
        return AuditError(
            code: error.code, place: scanner.mask(error.place), reason: scanner.mask(error.reason))
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
