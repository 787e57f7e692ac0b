internal import Model

/// Proof that everything a rule requires was looked at, to the last byte.
///
/// Made by ``CoverageCheck/coverage(of:)`` and by nothing else.
struct Coverage {
    let classes: [EvidenceClass]
    /// The receipts it rests on, never none; each covers the whole of what one of the classes takes, but for those of
    /// other tools that a rule names, which ran to their end.
    let receipts: [Receipt]
    /// How many layers had to be read, and their bytes; nil where none of the classes needs layers.
    let layers: (count: Int, bytes: Int)?
    /// The ids of the detectors whose receipts these are, in order.
    let detectors: [String]
    /// The proof in words: `secrets looked for in 9 layers (212 MB) and the metadata by palimpsest 0.1.0`.
    let sentence: String

    fileprivate init(classes: [EvidenceClass], receipts: [Receipt], layers: (count: Int, bytes: Int)?) {
        self.classes = classes
        self.receipts = receipts
        self.layers = layers
        detectors = Set(receipts.map(\.detector)).sorted()
        sentence = Self.sentence(on: classes, receipts, layers)
    }

    private static func sentence(
        on classes: [EvidenceClass], _ receipts: [Receipt], _ layers: (count: Int, bytes: Int)?
    ) -> String {
        let subject = Phrase.list(classes.map(\.rawValue))
        var places: [String] = []
        if let layers {
            places.append("\(Phrase.count(layers.count, "layer")) (\(Phrase.bytes(layers.bytes)))")
        }
        if classes.contains(where: \.needsMetadata) { places.append("the metadata") }
        let place = places.isEmpty ? "" : " in " + Phrase.list(places)
        func tools(_ isOther: (Receipt) -> Bool) -> [String] {
            Set(receipts.filter(isOther).map { "\($0.tool) \($0.version)" }).sorted()
        }
        // What other tools looked at, nobody tells to the byte.
        guard layers != nil else {
            return "\(subject) looked for\(place) by \(Phrase.list(tools { _ in true }))"
        }
        let others = tools { $0.imported != nil }
        let addition = others.isEmpty ? "" : ", and \(Phrase.list(others)) ran to the end"
        return "\(subject) looked for\(place) by \(Phrase.list(tools { $0.imported == nil }))\(addition)"
    }
}

/// What one evidence document proves to have been looked at.
///
/// A receipt only ever adds to it: one that covers a class is enough, whatever others say, so taking any away never
/// makes more of the evidence count as complete.
///
/// A class, because rules ask for the same classes over and over, and what came out for some is kept for the others.
final class CoverageCheck {
    private struct Question: Hashable {
        let classes: [EvidenceClass]
        let detectors: [String]
    }

    private let evidence: Evidence
    private let layers: [LayerFacts]
    private let account: LayerAccount
    /// Of each receipt in turn what it did not see of the layers, the same for every rule.
    private let unseen: [String?]
    private var known: [Question: Result<Coverage, Shortfall>] = [:]

    init(_ evidence: Evidence) {
        self.evidence = evidence
        account = LayerAccount(evidence)
        let layers = evidence.layers.filter { !$0.empty }
        self.layers = layers
        unseen = evidence.receipts.map { Self.shortfall(of: $0, over: layers) }
    }

    /// The proof for these classes of evidence together, or everything that is missing for it.
    ///
    /// Each of `detectors`, by its id or its tool's name, must itself cover one of the classes.
    func coverage(
        of classes: [EvidenceClass], andBy detectors: [String] = []
    ) throws(Shortfall) -> Coverage {
        let question = Question(classes: classes, detectors: detectors)
        if let known = known[question] { return try known.get() }
        let result = Result { () throws(Shortfall) in
            try answer(to: Set(classes).sorted(), andBy: detectors)
        }
        known[question] = result
        return try result.get()
    }

    private func answer(
        to classes: [EvidenceClass], andBy detectors: [String]
    ) throws(Shortfall) -> Coverage {
        guard !classes.isEmpty else {
            throw Shortfall(clauses: ["the rule names no evidence that it requires"])
        }
        var missing = account.shortfalls(of: classes)
        var proof: Set<Int> = []
        for wanted in classes {
            let covering = evidence.receipts.indices.filter { shortfall(ofReceipt: $0, for: wanted) == nil }
            if covering.isEmpty { missing += reasons(nothingCovers: wanted) }
            proof.formUnion(covering)
        }
        for name in detectors {
            let own = evidence.receipts.indices.filter {
                evidence.receipts[$0].detector == name || evidence.receipts[$0].tool == name
            }
            let covering = own.filter { receipt in
                classes.contains { shortfall(ofNamed: receipt, for: $0) == nil }
            }
            if covering.isEmpty {
                let faults = own.flatMap { receipt in
                    classes.compactMap { shortfall(ofNamed: receipt, for: $0) }
                }
                missing.append("\(name) \(faults.min() ?? "has not run")")
            }
            proof.formUnion(covering)
        }
        guard missing.isEmpty else { throw Shortfall(clauses: missing) }
        return Coverage(
            classes: classes, receipts: proof.sorted().map { evidence.receipts[$0] },
            layers: classes.contains(where: \.needsLayers) ? (layers.count, account.bytes) : nil)
    }

    /// Why no receipt covers a class: what is wrong with each that should.
    private func reasons(nothingCovers wanted: EvidenceClass) -> [String] {
        let offered = evidence.receipts.indices.filter { evidence.receipts[$0].provides.contains(wanted) }
        guard !offered.isEmpty else {
            return [
                (wanted == .environments ? evidence.withoutEnvironment : nil)
                    ?? "no detector reports on \(wanted.rawValue)"
            ]
        }
        let reasons = offered.compactMap { index in
            shortfall(ofReceipt: index, for: wanted).map {
                "\(evidence.receipts[index].detector) of \(evidence.receipts[index].tool) \($0)"
            }
        }
        return Set(reasons).sorted()
    }

    /// Why the receipt at `index` does not cover a class, or nil where it does.
    private func shortfall(ofReceipt index: Int, for wanted: EvidenceClass) -> String? {
        if let own = shortfall(ofReceiptAlone: index, for: wanted) { return own }
        let companions = evidence.receipts[index].alongside ?? []
        let missing = companions.filter { companion in
            companion.provides.contains(wanted)
                && !evidence.receipts.indices.contains {
                    evidence.receipts[$0].detector == companion.detector
                        && shortfall(ofReceiptAlone: $0, for: wanted) == nil
                }
        }
        guard !missing.isEmpty else { return nil }
        return "proves it only together with \(Phrase.list(missing.map(\.detector)))"
    }

    /// The same where the rule names who must have run: of another tool only that it did can be known.
    private func shortfall(ofNamed index: Int, for wanted: EvidenceClass) -> String? {
        evidence.receipts[index].imported == nil
            ? shortfall(ofReceipt: index, for: wanted)
            : shortfall(ofRun: evidence.receipts[index], for: wanted)
    }

    private func shortfall(ofReceiptAlone index: Int, for wanted: EvidenceClass) -> String? {
        let receipt = evidence.receipts[index]
        if let own = shortfall(ofRun: receipt, for: wanted) { return own }
        if wanted.needsMetadata && !receipt.metadata {
            return "did not look at the configuration and the history"
        }
        return wanted.needsLayers ? unseen[index] : nil
    }

    private func shortfall(ofRun receipt: Receipt, for wanted: EvidenceClass) -> String? {
        guard receipt.provides.contains(wanted) else { return "does not report on \(wanted.rawValue)" }
        guard receipt.target == evidence.image.digest else { return "looked at another image" }
        guard receipt.outcome == .completed else {
            let what = receipt.outcome == .failed ? "failed" : "did not finish"
            return receipt.reason.map { "\(what) (\($0))" } ?? what
        }
        return nil
    }

    /// What a receipt did not see of `layers`.
    private static func shortfall(of receipt: Receipt, over layers: [LayerFacts]) -> String? {
        let unseen = layers.filter { !receipt.saw($0) }
        guard unseen.isEmpty else {
            let numbers = unseen.compactMap(\.index).sorted().map(String.init)
            let noun = numbers.count == 1 ? "layer" : "layers"
            return "did not see the whole of \(noun) \(Phrase.list(numbers, limit: 5))"
        }
        // Coverage of a layer that the evidence does not list means that layers are missing from the evidence.
        let listed = Set(layers.compactMap(\.index))
        let strange = Set(receipt.layers.map(\.index)).subtracting(listed).sorted()
        return strange.first.map { "saw a layer \($0), which the evidence does not list" }
    }
}

extension Evidence {
    /// Which images of the run nothing says the environment of, in a clause; nil where it was alone, or all are known.
    fileprivate var withoutEnvironment: String? {
        guard let others = comparedWith else { return nil }
        let own = image.environment == nil ? ["it"] : []
        let names = own + Set(others.filter { $0.environment == nil }.map(\.name)).sorted()
        guard !names.isEmpty else { return nil }
        let list = Phrase.list(names, limit: 3)
        return names.count == 1
            ? "nothing says which environment \(list) is for"
            : "nothing says which environments \(list) are for"
    }
}
