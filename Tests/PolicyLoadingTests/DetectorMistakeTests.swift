import PolicyLoading
import Testing

@Suite struct DetectorMistakeTests {
    @Test(
        "a mistake in a detector's rule is told where it stands, with what was meant",
        arguments: [
            Mistake(
                "kind: Detectors", "kind: Policy", .unsuitableKind, "2:7",
                "a Policy document, where only Detectors is wanted"),
            Mistake(
                "kind: credential.service", "kind: credential.servce", .unknownValue, "6:11",
                "no value it can have", "\"credential.service\""),
            Mistake("prefix: exa_", "prefix: \"\"", .malformed, "10:13", "\"prefix\" is empty"),
            Mistake("prefix: exa_", "prefix: exä_", .malformed, "10:13", "printable ASCII"),
            Mistake("minEntropy: 3.5", "minEntropy: 9", .malformed, "11:17", "between 0.0 and 8.0"),
            Mistake(
                "minEntropy: 3.5", "minEntropy: \"3.5\"", .wrongType, "11:17", "in quotes is text", "3.5"),
            Mistake(
                "checksum: luhn", "checksum: lun", .unknownValue, "12:15",
                "github-crc32, jwt, base58check, luhn, basic-credentials, base64-text or base64-key-store",
                "\"luhn\""),
            Mistake("paths: [\"**/*.txt\"]", "paths: []", .tooFew, "13:12", "must not be empty"),
            Mistake("expires: false", "expires: never", .wrongType, "14:14", "must be true or false"),
            Mistake(
                "examples: [\"exa_<lower:20>\", \"token=exa_<lower:20>\"]", "examples: [a]", .tooFew, "17:15",
                "has 1 of at least 2 entries"),
            Mistake(
                "counterexamples: [\"exa_\", \"exa_<lower:5>\"]", "counterexamples: [a, a]", .duplicate,
                "18:26", "a second time"),
            Mistake(
                "    pattern: 'exa_[a-z]{20}'\n", "", .missingKey, "4:5",
                "a detector rule needs the key \"pattern\""),
            Mistake(
                "reference: https://example.com/tokens", "reference: example.com", .malformed, "16:16",
                "https://"),
            Mistake(
                "counterexamples:", "counterexample:\n      - a\n    counterexamples:", .unknownKey, "18:5",
                "no key \"counterexample\"", "\"counterexamples\""),
        ])
    func detector(mistake: Mistake) {
        mistake.check(Documents.detectorDiagnostics(replacing: mistake.old, with: mistake.new))
    }

    @Test("detectors of one id in two files are refused in the second")
    func twice() {
        let error = #expect(throws: PolicyDiagnostics.self) {
            try PolicyLoader.loadDetectors([
                Documents.source("b.yaml", Documents.detectors),
                Documents.source("a.yaml", Documents.detectors),
            ])
        }
        #expect(error?.list.map(\.file) == ["b.yaml"])
        #expect(error?.list.first?.message.hasSuffix("first at a.yaml:4") == true)
    }
}
