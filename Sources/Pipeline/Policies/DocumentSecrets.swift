import Detection
import Model
import PolicyLoading

/// Holds policies and what people signed against the secrets of images: reports print them, and a bundle has them whole.
struct DocumentSecrets {
    private let documents: [PolicySource]
    private let key: FingerprintKey?

    /// Without a key, nothing in the documents can be told to be a secret.
    init(_ judgement: Judgement, key: FingerprintKey?) {
        let given = judgement.loaded.documents
        documents = given.policy.filter { !$0.isBuiltIn } + given.signOffs
        self.key = key
    }

    /// Whether anything could be found: otherwise evidence need not be read for it.
    var areSought: Bool { key != nil && !documents.isEmpty }

    /// Throws where a secret that was found in the image stands in one of the documents.
    ///
    /// To mask it would not do: a bundle has the document itself, and its verdict is derived from that.
    /// Of several images it is asked for all before the reports of the first are written, which would show it as well.
    func requireNone(of evidence: Evidence) throws(AuditError) {
        guard let key, key.id == evidence.fingerprintKey, !documents.isEmpty else { return }
        let known = KnownSecrets(evidence.findings, key: key)
        guard !known.isEmpty else { return }
        for document in documents {
            let lines = document.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                // Each line has a budget of its own.
                var known = known
                let found = known.occurrences(in: Array(line).span, sparingWords: true)
                guard found?.isEmpty != true else { continue }
                let secret = found?.first
                throw AuditError(
                    code: .signedSecret,
                    place: "\(document.path):\(index + 1):\((secret?.range.lowerBound ?? 0) + 1)",
                    reason: secret.map {
                        "holds a secret of the image (\($0.preview)), which reports would show"
                    }
                        ?? "is too long a line to look for the secrets of the image in")
            }
        }
    }
}
