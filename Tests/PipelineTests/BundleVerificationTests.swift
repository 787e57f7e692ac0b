import Cryptography
import Model
import TestSupport
import Testing

@testable import Bundling
@testable import Pipeline

@Suite("Verifying a bundle")
struct BundleVerificationTests {
    @Test("a bundle is accepted as it was written, signed or not", arguments: [true, false])
    func unchanged(isSigned: Bool) async throws {
        let bench = try await BundleBench()
        let bytes = try bench.bytes(isSigned: isSigned, formats: ["html", "junit", "markdown", "sarif"])
        let verified = try BundleVerification.verify(bytes, key: nil, place: "b")
        let lines = verified.lines(colour: false)
        #expect(lines[0] == "INTACT  b")
        #expect(lines[1].contains(isSigned ? "nobody's was checked" : "none: anybody can have made it"))
        #expect(lines.last?.hasPrefix("    FAIL") == true)
        #expect(lines.contains { $0.contains("4, rendered again to the same bytes") })
    }

    @Test("the same audit writes the same bytes")
    func sameBytes() async throws {
        let bench = try await BundleBench()
        #expect(try bench.bytes(isSigned: true) == bench.bytes(isSigned: true))
    }

    @Test("only the key that signed verifies it", arguments: SignatureAlgorithm.allCases)
    func keys(algorithm: SignatureAlgorithm) async throws {
        let bench = try await BundleBench(algorithm)
        let signed = try bench.bytes(isSigned: true)
        let verified = try BundleVerification.verify(signed, key: bench.key.publicKey, place: "b")
        #expect(verified.lines(colour: false)[0] == "VERIFIED  b")
        let other = try SigningKey.generate(algorithm).publicKey
        #expect(BundleBench.refusal(signed, key: other)?.code == .unexpectedSigner)
        let unsigned = try bench.bytes(isSigned: false)
        #expect(BundleBench.refusal(unsigned, key: bench.key.publicKey)?.code == .unexpectedSigner)
    }

    @Test("of 10,000 bundles with one bit flipped none is accepted", arguments: 0..<8)
    func flippedBits(part: Int) async throws {
        let bench = try await BundleBench(part.isMultiple(of: 2) ? .ed25519 : .ecdsaP256)
        let bytes = try bench.bytes(isSigned: true, formats: [])
        var generator = SeededGenerator(seed: UInt64(part) + 1)
        for _ in 0..<1_250 {
            let bit = Int.random(in: 0..<bytes.count * 8, using: &generator)
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(BundleBench.refusal(flipped) != nil, "bit \(bit)")
        }
    }

    @Test("without a signature none of 1,000 is accepted either")
    func flippedBitsUnsigned() async throws {
        let bench = try await BundleBench()
        let bytes = try bench.bytes(isSigned: false, formats: [])
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<1_000 {
            let bit = Int.random(in: 0..<bytes.count * 8, using: &generator)
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(BundleBench.refusal(flipped) != nil, "bit \(bit)")
        }
    }

    @Test("bytes behind the end, before it, or fewer of them are refused")
    func otherBytes() async throws {
        let bench = try await BundleBench()
        let bytes = try bench.bytes(isSigned: true, formats: [])
        let zeros = Array(repeating: 0 as UInt8, count: 512)
        let changed: [[UInt8]] = [
            bytes + [0], bytes + zeros, bytes + bytes, bytes + Array("x".utf8), zeros + bytes,
            Array(bytes.dropLast()), Array(bytes.dropLast(512)), Array(bytes.dropLast(1024)),
            Array(bytes.dropFirst()),
        ]
        for bytes in changed { #expect(BundleBench.refusal(bytes)?.code == .brokenBundle) }
    }

    @Test("a file more, a file less, a file twice or another order is refused")
    func otherFiles() async throws {
        let bench = try await BundleBench()
        let files = try BundleArchive.read(try bench.bytes(isSigned: true))
        for position in files.indices {
            var fewer = files
            fewer.remove(at: position)
            let bytes = try BundleArchive.write(fewer, at: BundleBench.asOf)
            #expect(BundleBench.refusal(bytes) != nil, "without \(files[position].name)")
        }
        for name in ["extra", "images/1/extra.json", "images/2/evidence.json", "images/1/statement.json"] {
            let more = files + [BundleFile(name: name, bytes: [1])]
            let bytes = try BundleArchive.write(more, at: BundleBench.asOf)
            #expect(BundleBench.refusal(bytes)?.code == .brokenBundle, "\(name)")
        }
    }

    @Test("one without images has nothing that anybody signed, and is refused", arguments: [true, false])
    func noImages(isSigned: Bool) async throws {
        let bench = try await BundleBench()
        let empty = try bench.forged(isSigned: isSigned) { _ in nil }
        #expect(BundleBench.refusal(empty, key: isSigned ? bench.key.publicKey : nil)?.code == .brokenBundle)
    }

    @Test("what a bundle says of its signer is not repeated unless it is the key that lies in it")
    func falseSigner() async throws {
        let bench = try await BundleBench()
        let id = bench.key.publicKey.id
        var files = try BundleArchive.read(try bench.bytes(isSigned: true))
        let place = try #require(files.firstIndex { $0.name == BundleRecord.fileName })
        let text = String(decoding: files[place].bytes, as: UTF8.self)
        let record = text.replacing(id, with: "\\u001b[2Jfriend")
        files[place] = BundleFile(name: BundleRecord.fileName, bytes: Array(record.utf8))
        files.removeAll { $0.name == Checksums.fileName }
        let listed = files.filter { !$0.name.contains("statement.") }
        let bytes = try BundleArchive.write(files + [Checksums.list(listed)], at: BundleBench.asOf)
        let refusal = try #require(BundleBench.refusal(bytes, key: bench.key.publicKey))
        #expect(refusal.code == .unexpectedSigner)
        #expect(!refusal.reason.contains("friend"))
    }

    @Test(
        "a verdict that does not follow from the evidence is refused, whoever signed it",
        arguments: [true, false])
    func forgedVerdict(isSigned: Bool) async throws {
        let bench = try await BundleBench()
        #expect(BundleBench.refusal(try bench.forged(isSigned: isSigned) { $0 }) == nil)
        let lenient = try bench.forged(isSigned: isSigned) { image in
            BundledImage(
                evidence: image.evidence, assessment: image.assessment,
                documents: image.documents.map { file in
                    let text = String(decoding: file.bytes, as: UTF8.self)
                    return BundleFile(
                        name: file.name,
                        bytes: Array(text.replacing("\"status\":\"fail\"", with: "\"status\":\"pass\"").utf8))
                })
        }
        let refusal = BundleBench.refusal(lenient, key: isSigned ? bench.key.publicKey : nil)
        #expect(refusal?.reason.contains("images/1/assessment.json") == true)
        let incomplete = try bench.forged(isSigned: isSigned) { image in
            BundledImage(
                evidence: image.evidence, assessment: image.assessment,
                documents: image.documents.filter { $0.name != BundledImage.assessmentName })
        }
        #expect(BundleBench.refusal(incomplete)?.reason.contains("assessment.json: is missing") == true)
    }

    @Test(
        "evidence that no audit writes is refused",
        arguments: ["{}", "", "[]", "{\"schemaVersion\":\"palimpsest.evidence/1\"}"])
    func otherEvidence(text: String) async throws {
        let bench = try await BundleBench()
        let bytes = try bench.forged(isSigned: false) { image in
            BundledImage(
                evidence: image.evidence, assessment: image.assessment,
                documents: image.documents.map { file in
                    file.name == BundledImage.evidenceName
                        ? BundleFile(name: file.name, bytes: Array(text.utf8)) : file
                })
        }
        #expect(BundleBench.refusal(bytes)?.code == .brokenBundle)
    }

    @Test(
        "files that fit their digests and do not follow from the evidence are refused",
        arguments: [
            ("images/1/evidence.json", "\"severity\":\"high\"", "\"severity\":\"low\""),
            ("images/1/receipts.json", "palimpsest", "another"), ("README.md", "Nobody", "Somebody"),
            ("images/1/reports/TEST-palimpsest.xml", "failure", "success"),
            ("policy/5-own.yaml", "effect: fail", "effect: warn"), ("bundle.json", "2026-09", "2025-09"),
            ("bundle.json", "[\"images/1\"]", "[\"images/1\",\"images/1\"]"),
            ("bundle.json", "policy/2-", "policy/1-"), ("bundle.json", "[\"junit\"]", "[\"runes\"]"),
            ("bundle.json", "\"version\":\"", "\"version\":\"9"),
        ])
    func resealed(name: String, old: String, new: String) async throws {
        let bench = try await BundleBench()
        #expect(BundleBench.refusal(try bench.resealed { _ in }) == nil)
        var isChanged = false
        let bytes = try bench.resealed { files in
            for index in files.indices where files[index].name == name {
                let text = String(decoding: files[index].bytes, as: UTF8.self)
                let changed = SummedEvidence.bytes(Array(text.replacing(old, with: new).utf8))
                isChanged = changed != files[index].bytes
                files[index] = BundleFile(name: name, bytes: changed)
            }
        }
        #expect(isChanged)
        let isVersion = old.contains("version")
        // Another version's bundle may say what it likes of itself, and that is said.
        #expect((BundleBench.refusal(bytes) == nil) == isVersion)
        let extra = try bench.resealed { $0.append(BundleFile(name: "images/1/extra.json", bytes: [1])) }
        #expect(BundleBench.refusal(extra)?.reason.contains("images/1/extra.json") == true)
    }

    @Test("the reports of another version are taken as they are, and that is said")
    func otherVersion() async throws {
        let bench = try await BundleBench()
        let derivation = bench.derivation(formats: ["markdown"])
        let image = try derivation.image(
            bench.evidence, reports: [BundleFile(name: "reports/report.md", bytes: Array("old".utf8))])
        let contents = derivation.contents(
            [image], madeBy: .init(name: Product.name, version: "0.0.9"), formats: ["markdown", "runes"],
            signer: nil, readme: Array("old".utf8))
        let bytes = try BundleArchive.write(
            try contents.files { _, _ throws(BundleError) in [] }, at: BundleBench.asOf)
        let lines = try BundleVerification.verify(bytes, key: nil, place: "b").lines(colour: false)
        #expect(lines.contains { $0.contains("palimpsest 0.0.9 made them") })
    }

    @Test("no bundle is written where something could not be judged")
    func incomplete() async throws {
        let bench = try await BundleBench()
        let scratch = try ScratchFolder()
        var result = AuditResult(errors: [AuditError(code: .noSuchImage, place: "a", reason: "gone")])
        try Bundler(BundleRequest(file: scratch.file("b"), signing: nil)).write(
            [bench.evidence], under: bench.judgement, ReportSelection(formats: [], folder: nil),
            asOf: BundleBench.asOf, into: &result)
        #expect(try scratch.names().isEmpty)
        #expect(result.notes.count == 1)
    }
}
