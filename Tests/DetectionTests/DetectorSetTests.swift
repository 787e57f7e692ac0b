import Detection
import Foundation
import Model
import Testing

@Suite struct DetectorSetTests {
    @Test(
        "a bad pattern names its rule and where it is written",
        arguments: [#"tok_(?=x)[a-z]{9}"#, #"tok_[a-z"#, #"(a)\1tok"#])
    func badPattern(pattern: String) {
        let rules = [Samples.rule(), Samples.rule(id: "test.bad", pattern: pattern)]
        #expect(
            throws: DetectionError(code: .patternInvalid, place: "test.yaml:1: rule test.bad", reason: "")
        ) {
            try DetectorSet.compile(rules, key: Samples.key)
        }
    }

    @Test("a bad allow pattern names its rule too")
    func badAllow() {
        #expect(
            throws: DetectionError(code: .patternInvalid, place: "test.yaml:1: rule test.token", reason: "")
        ) {
            try DetectorSet.compile([Samples.rule(allow: ["("])], key: Samples.key)
        }
    }

    @Test("an id used twice is refused")
    func duplicate() {
        #expect(
            throws: DetectionError(code: .rulesDuplicated, place: "test.yaml:1: rule test.token", reason: "")
        ) {
            try DetectorSet.compile([Samples.rule(), Samples.rule()], key: Samples.key)
        }
    }

    @Test("descriptions name every detector, and the rules' digest changes with the rules")
    func descriptions() throws {
        let one = try DetectorSet.compile([Samples.rule()], key: Samples.key)
        let other = try DetectorSet.compile([Samples.rule(minimumEntropy: 2)], key: Samples.key)
        #expect(one.descriptions.count == Set(one.descriptions.map(\.id)).count)
        #expect(
            Set(one.descriptions.flatMap(\.provides)) == [
                .secrets, .certificates, .filesystem, .configuration,
            ])
        #expect(one.descriptions[0].rules != nil)
        #expect(one.descriptions[0].rules != other.descriptions[0].rules)
    }

    @Test("scanners of one set work at the same time and see the same")
    func concurrent() async throws {
        let set = try DetectorSet.compile([Samples.rule()], key: Samples.key)
        let results = try await withThrowingTaskGroup(of: [Sighting].self) { group in
            for _ in 0..<8 {
                group.addTask { try set.makeScanner().sightings(in: Array("x \(Samples.token()) y".utf8)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(results).count == 1)
        #expect(results.first?.count == 1)
    }

    @Test("the compiled patterns are kept for their owner alone, and a damaged file is made anew")
    func cache() throws {
        let machine = FileManager.default.temporaryDirectory.appending(path: "patterns-\(UUID().uuidString)")
        // On a new machine none of the folders is there.
        let folder = machine.appending(path: ".cache/palimpsest").path
        defer { try? FileManager.default.removeItem(at: machine) }
        func finds() throws -> Bool {
            let set = try DetectorSet.compile([Samples.rule()], key: Samples.key, cache: folder)
            return try set.makeScanner().sightings(in: Array(Samples.token().utf8)).count == 1
        }
        #expect(try finds())
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let path = try "\(folder)/" + #require(names.first)
        #expect(names.count == 1)
        let good = try Data(contentsOf: URL(filePath: path))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try finds())

        var flipped = good
        flipped[good.count / 2] ^= 1
        for bad in [Data(), good.dropLast(9), flipped, Data("something else".utf8)] {
            try bad.write(to: URL(filePath: path))
            #expect(try finds())
            #expect(try Data(contentsOf: URL(filePath: path)) == good)
        }
        // A file that others may write is not trusted, right or not.
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
        #expect(try finds())
        let renewed = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(renewed == 0o600)
    }

    @Test("a folder that cannot be written costs nothing but time")
    func noCache() throws {
        let set = try DetectorSet.compile([Samples.rule()], key: Samples.key, cache: "/proc/nowhere")
        #expect(try set.makeScanner().sightings(in: Array(Samples.token().utf8)).count == 1)
    }

    @Test("fingerprints follow from key and secret alone")
    func fingerprints() {
        let secret = Array("secret".utf8)
        let other = FingerprintKey(bytes: [1])
        #expect(Samples.key.fingerprint(of: secret.span) == Samples.key.fingerprint(of: secret.span))
        #expect(Samples.key.fingerprint(of: secret.span) != other.fingerprint(of: secret.span))
        #expect(Samples.key.id != other.id)
        #expect(Samples.key.id.count == 8)
    }
}
