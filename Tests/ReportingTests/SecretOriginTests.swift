import Model
import Testing

@testable import Reporting

struct SecretOriginTests {
    private static func finding(
        _ origin: Origin, reason: String?, layer: Int? = 1, source: [SourcePlace]? = nil,
        shared: [ComparedImage]? = nil
    ) -> Finding {
        var finding = Finding(
            id: "1", detector: "d", rule: "r", kind: .serviceCredential, title: "t", severity: .high,
            confidence: .high,
            location: layer.map { Location(layer: Made.layer($0), path: EntryPath("app/x")) }
                ?? Location(config: "Env/X"),
            persistence: .present, origin: origin, originReason: reason, fingerprint: Made.fingerprint(1))
        finding.inSource = source
        finding.sharedWith = shared
        return finding
    }

    @Test(
        "the answer names the origin and its reason",
        arguments: [
            (Origin.context, "copied in by the build: why"), (.step, "made by a build step: why"),
            (.cache, "left in a cache: why"), (.base, "inherited from the base image: why"),
            (.metadata, "baked into the metadata: why"), (.unknown, "not known: why"),
        ] as [(Origin, SafeText)])
    func origins(_ origin: Origin, _ answer: SafeText) {
        #expect(SecretOrigin([Self.finding(origin, reason: "why")])?.answer == answer)
        let searched = SecretOrigin([Self.finding(origin, reason: "why", source: [])])
        #expect(searched?.answer.text.contains("and not in the source tree: why") == true)
    }

    @Test(
        "where the source has it, that is the answer, with what git knows of the file",
        arguments: [
            (SourcePlace.State.tracked, "from the source code (a.py:3): why"),
            (.unversioned, "from the source code (a.py:3): why"),
            (.untracked, "from a file in the source tree that git does not track (a.py:3): why"),
            (.history, "from the history of the source code (a.py:3): why"),
        ] as [(SourcePlace.State, SafeText)])
    func states(_ state: SourcePlace.State, _ answer: SafeText) {
        let place = SourcePlace(path: "a.py", line: 3, state: state)
        let finding = Self.finding(.context, reason: "why", source: [place])
        #expect(SecretOrigin([finding])?.answer == answer)
        // What an image's history says is no end of the reason.
        let told = Self.finding(
            .context, reason: "a; the same secret is in the source tree, or so", source: [place])
        #expect(
            SecretOrigin([told])?.answer.text.hasSuffix(": a; the same secret is in the source tree, or so")
                == true)
    }

    @Test("of many places the surest come first, and the others are counted")
    func manyPlaces() {
        let places = [
            SourcePlace(path: "c", line: nil, state: .history),
            SourcePlace(path: "b", line: 1, state: .untracked),
            SourcePlace(path: "z", line: 2, state: .tracked),
            SourcePlace(path: "d", line: 9, state: .history),
        ]
        let answer = SecretOrigin([Self.finding(.step, reason: nil, source: places)])?.answer
        #expect(answer == "from the source code (z:2, b:1 and 2 more places): made by a build step")
    }

    @Test("of several places in the image the lowest layer tells, before the metadata")
    func earliest() {
        let findings = [
            Self.finding(.metadata, reason: "m", layer: nil), Self.finding(.context, reason: "c", layer: 2),
        ]
        #expect(SecretOrigin(findings[...])?.answer == "copied in by the build: c")
    }

    @Test("other images that hold it are named with their environments, five of them")
    func sharing() {
        let images = (0..<7).map {
            ComparedImage(name: "i\($0)", digest: Made.digest($0), environment: $0 == 0 ? "prod" : nil)
        }
        let sharing = SecretOrigin([Self.finding(.step, reason: nil, shared: images)])?.sharing
        #expect(sharing == "also in i0 (prod), i1, i2, i3, i4 and 2 more")
    }

    @Test("what is no secret has no such answer")
    func noSecret() {
        var finding = Self.finding(.step, reason: nil)
        finding.fingerprint = nil
        #expect(SecretOrigin([finding]) == nil)
        #expect(SecretOrigin([]) == nil)
    }
}
