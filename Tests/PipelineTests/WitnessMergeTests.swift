import Cryptography
import Model
import Testing

@testable import Pipeline

@Suite("What several tools say of one thing")
struct WitnessMergeTests {
    private typealias Keys = ResultBinding.Keys

    private func finding(
        _ detector: String, _ rule: String, _ kind: FindingKind, _ severity: Severity,
        _ confidence: Confidence = .medium, line: Int? = 3, path: String = "app/.env",
        fingerprint: Fingerprint? = nil, isRated: Bool = true, package: String? = nil
    ) -> Finding {
        var location = Location(config: "")
        location.config = nil
        location.path = EntryPath(path)
        location.line = line
        return Finding(
            id: [detector, rule, path, line.map(String.init) ?? "", fingerprint?.text ?? ""]
                .joined(separator: " "),
            detector: detector, rule: rule, kind: kind, title: rule, severity: severity,
            confidence: confidence, location: location, persistence: .present, origin: .unknown,
            fingerprint: fingerprint, attributes: package.map { ["package": .text($0)] } ?? [:],
            witnesses: [
                Witness(detector: detector, rule: rule, kind: kind, severity: isRated ? severity : nil)
            ])
    }

    private func merged(_ findings: [Finding], keys: [Keys]? = nil) -> [Finding] {
        var merge = WitnessMerge([])
        for (index, finding) in findings.enumerated() {
            let key =
                keys?[index] ?? Keys(fingerprints: [finding.fingerprint].compactMap(\.self), aliases: [])
            merge.add([finding], [key])
        }
        return merge.findings
    }

    @Test("is as bad as the worst of them says, as sure and as particular as any, whoever comes first")
    func order() {
        let words = [
            finding("a", "generic", .genericCredential, .low, .low),
            finding("b", "aws", .cloudCredential, .critical, .medium),
            finding("c", "service", .serviceCredential, .high, .high),
            finding("d", "word", .genericCredential, .info, .low, isRated: false),
        ]
        for start in words.indices {
            let rotated = Array(words[start...] + words[..<start])
            for order in [rotated, rotated.reversed()] {
                let found = merged(order)
                #expect(found.count == 1)
                #expect(found.first?.severity == .critical)
                #expect(found.first?.kind == .cloudCredential)
                #expect(found.first?.confidence == .high)
                #expect(found.first?.witnesses?.map(\.detector) == ["a", "b", "c", "d"])
            }
        }
    }

    @Test(
        "that our own detectors could name, or that could do harm, is no key of another that can do none",
        arguments: [FindingKind.keystore, .encryptedKey], [FindingKind.serviceCredential, .privateKey])
    func kinds(harmless: FindingKind, own: FindingKind) {
        var ours = finding("palimpsest.secrets", "token", own, .high, fingerprint: .init(hmac: [7]))
        ours.witnesses = nil
        let theirs = finding("gitleaks", "pkcs12-file", harmless, .high, fingerprint: .init(hmac: [7]))
        let third = finding("trivy", "generic", .genericCredential, .high, fingerprint: .init(hmac: [7]))
        for order in [[ours, theirs], [theirs, ours], [theirs, third, ours]] {
            #expect(merged(order).map(\.kind) == [own])
        }
        #expect(merged([theirs, third]).map(\.kind) == [.genericCredential])
    }

    @Test("that nobody rates is as bad as it is taken to be, and what one rates as bad as that")
    func unrated() {
        let words = [
            finding("a", "x", .misconfiguration, .medium, isRated: false),
            finding("b", "x", .misconfiguration, .low),
        ]
        #expect(merged([words[0], words[0]]).map(\.severity) == [.medium])
        #expect(merged(words).map(\.severity) == [.low])
        #expect(merged(words.reversed()).map(\.severity) == [.low])
    }

    @Test("our own detector's kind counts before another as particular, since it saw the bytes")
    func own() {
        var mine = finding("palimpsest.secrets", "registry", .containerRegistryCredential, .high, .low)
        let fingerprint = Fingerprint(hmac: HMACSHA256.code(key: [1], message: [UInt8]([2]).span))
        mine.fingerprint = fingerprint
        mine.witnesses = nil
        var merge = WitnessMerge([mine])
        merge.add(
            [finding("b", "aws", .cloudCredential, .high, .high, fingerprint: fingerprint)],
            [Keys(fingerprints: [fingerprint], aliases: [])])
        #expect(merge.findings.map(\.kind) == [.containerRegistryCredential])
        #expect(merge.findings.map(\.confidence) == [.high])
    }

    @Test("a vulnerability is the same by any of its names, also one that only a third tool knew")
    func aliases() {
        let words = ["CVE-1", "GHSA-1", "DSA-1"].map { name in
            finding(name, name, .vulnerableComponent, .high, package: "openssl")
        }
        let keys = [[], ["CVE-1", "DSA-1"], []].map { Keys(fingerprints: [], aliases: $0) }
        #expect(merged(words, keys: keys).count == 1)
        #expect(merged(words).count == 3)
    }

    @Test("tens of thousands in one place, or of one component, are looked up and not gone through")
    func many() {
        let lines = (0..<20_000).map { index in
            finding("a", "r\(index)", .misconfiguration, .low, line: nil, path: "x")
        }
        let advisories = (0..<20_000).map { index in
            finding("a", "CVE-\(index)", .vulnerableComponent, .low, package: "linux")
        }
        let witnesses = (0..<20_000).map { finding("a", "r\($0)", .genericCredential, .low, path: "y") }
        #expect(merged(lines).count == 20_000)
        #expect(merged(advisories + advisories).count == 20_000)
        #expect(merged(witnesses).map { $0.witnesses?.count } == [20_000])
    }
}
