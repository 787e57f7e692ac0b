import Model
import YAMLDocuments

/// `kind: TrustAnchors`: authorities that images may trust, each with the reason.
enum TrustAnchorsForm {
    static let form: ValueForm<[TrustAnchor]> = mapping(
        "a trust anchors document", "authorities that images may trust",
        Envelope.apiVersion, Envelope.kind(.trustAnchors),
        required("anchors", Values.list(of: anchor), "one for each authority")
    ) { _, _, _, _, anchors in anchors }

    private static let anchor: ValueForm<TrustAnchor> = mapping(
        "a trust anchor", "one authority, by its certificate or by its key",
        required("name", Values.name(of: .anchor, .anchorName), "what people call it"),
        optional("sha256", digest, "SHA-256 of the certificate"),
        optional("spki", digest, "SHA-256 of its public key: any certificate for that key is meant"),
        required("reason", Values.text, "who approved it, and what for"),
        optional("until", Values.date, "when the approval ends")
    ) { node, reading, name, sha256, spki, reason, until in
        TrustAnchor(
            name: name, sha256: sha256, spki: spki, reason: reason, until: until,
            source: reading.place(node.mark))
    }
    .then { anchor, node, reading in
        guard anchor.sha256 != nil || anchor.spki != nil else {
            reading.report(
                .missingKey, at: node.mark, "a trust anchor needs \"sha256\" or \"spki\", to be known by")
            return nil
        }
        return anchor
    }

    /// In the form in which evidence has it.
    private static let digest = Values.text(.sha256).then { text, _, _ in
        text.replacing(":", with: "").lowercased()
    }
}
