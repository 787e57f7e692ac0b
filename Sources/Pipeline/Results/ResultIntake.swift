import Detection
import Model
import ResultImporting

/// Other tools' results on their way into the evidence of images: read once, bound to each image that they are about.
struct ResultIntake {
    private let given: [GivenResults]
    private let assumesTarget: Bool
    private let key: FingerprintKey
    private let scanner: ImageScanner
    private var isBound: [Bool]

    /// Reads what `selection` names; nothing is done, and nothing loaded, where that is nothing.
    init(
        _ selection: ResultSelection, key: FingerprintKey, detectors: DetectorSet
    ) throws(AuditError) {
        let mapping = try PolicySources.importers(adding: selection.importerFiles)
        do {
            scanner = try detectors.makeScanner()
        } catch {
            throw AuditError(code: .brokenDetectors, place: "", reason: error.description)
        }
        // What several report has the place and the name that the first of them gives: in whatever order they were typed.
        given = try ResultFiles(mapping, key: key, scanner: scanner).read(selection.sources)
            .sorted { ($0.results.format, $0.digest.text) < ($1.results.format, $1.digest.text) }
        isBound = given.map { _ in false }
        assumesTarget = selection.assumesTarget
        self.key = key
    }

    /// The evidence with the results that are about its image.
    ///
    /// Where it is the only image, results about another are an error; of several, each takes what is about itself.
    mutating func evidence(
        _ evidence: Evidence, trace: LayerTrace?, isOnlyImage: Bool
    ) throws(AuditError) -> Evidence {
        let isOfKey = key.id == evidence.fingerprintKey
        let binding = ResultBinding(
            evidence: evidence, places: ImagePlaces(evidence, trace: trace),
            assumesTarget: assumesTarget && isOnlyImage,
            fingerprintsCompare: isOfKey,
            known: KnownSecrets(isOfKey ? evidence.findings : [], key: key), scanner: scanner)
        var merge = WitnessMerge(evidence.findings)
        var items = evidence.inventory
        var gaps = evidence.gaps
        var receipts = evidence.receipts
        var passes: [ResultBinding.Pass] = []
        var itemIDs = Set(items.map(\.id))
        for (index, results) in given.enumerated() {
            let bound: ResultBinding.Bound
            do throws(AuditError) {
                bound = try binding.bind(results)
            } catch {
                if isOnlyImage || error.code != .foreignResults { throw error }
                continue
            }
            isBound[index] = true
            merge.add(bound.findings, bound.keys)
            items += bound.items.filter { itemIDs.insert($0.id).inserted }
            gaps += bound.gaps
            receipts.append(bound.receipt)
            passes += bound.passes
        }
        merge.note(passes)
        return Evidence(
            image: evidence.image, layers: evidence.layers, findings: merge.findings, inventory: items,
            gaps: gaps, receipts: receipts, fingerprintKey: evidence.fingerprintKey,
            comparedWith: evidence.comparedWith, source: evidence.source, baseline: evidence.baseline)
    }

    /// Results that are about none of the images.
    var strays: [AuditError] {
        zip(given, isBound).filter { !$0.1 }.map { given, _ in
            AuditError(code: .foreignResults, place: given.place, reason: "is about none of the images")
        }
    }
}
