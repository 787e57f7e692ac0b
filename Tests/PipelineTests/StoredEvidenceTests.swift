import ImageWriting
import Model
import Testing

@testable import Pipeline

/// What an evidence document from a file may not say.
struct StoredEvidenceTests {
    private static func read(_ change: (String) -> String) async throws -> String? {
        var image = ImageBuilder(created: "2026-03-01T10:00:00Z")
        var layer = LayerBuilder()
        layer.file("etc/motd", "hello")
        image.layer(layer, createdBy: "COPY . /")
        let json = change(try Samples.json(try await Samples.evidence(of: image)))
        do throws(AuditError) {
            _ = try StoredEvidence(place: "e.json", bytes: Array(json.utf8)).read()
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("evidence as it was written is read")
    func unchanged() async throws { #expect(try await Self.read { $0 } == nil) }

    @Test(
        "numbers that no layer can have are refused, and trap nothing",
        arguments: ["size", "uncompressedSize", "bytesScanned", "entries"], [Int.max, .min, -1])
    func numbers(field: String, value: Int) async throws {
        let reason = try await Self.read { json in
            guard let start = json.ranges(of: "\"\(field)\":").first?.upperBound else { return json }
            return json[..<start] + "\(value)" + json[start...].drop { $0.isNumber }
        }
        #expect(reason == "layers.0 has a number that cannot be")
    }

    @Test("a fingerprint key goes by eight hex digits, so that whoever repeats it repeats nothing else")
    func fingerprintKey() async throws {
        let reason = try await Self.read { json in
            guard let start = json.ranges(of: "\"fingerprintKey\":\"").first?.upperBound else { return json }
            return json[..<start] + "\\u001b[2J" + json[start...]
        }
        #expect(reason == "names its fingerprint key otherwise than by eight hex digits")
    }

    @Test("a receipt that does not tell what ran proves nothing", arguments: ["detector", "tool", "version"])
    func nameless(field: String) async throws {
        let reason = try await Self.read { json in
            let receipts = json.ranges(of: "\"receipts\":[").first?.upperBound ?? json.endIndex
            guard let start = json[receipts...].ranges(of: "\"\(field)\":\"").first?.upperBound else {
                return json
            }
            return String(json[..<start] + json[start...].drop { $0 != "\"" })
        }
        #expect(reason?.hasSuffix("does not tell what ran, or in which version") == true)
    }

    @Test(
        "evidence of which something got lost or was changed is refused, in whatever layout",
        arguments: [
            (#""createdBy":"COPY . /""#, #""createdBy":"COPY a /""#), (#""gaps":[]"#, #""gaps": [ ]"#),
            (#""platform":"linux/amd64""#, #""platform":"linux/arm64""#), (#""sum":""#, #""other":""#),
        ])
    func changed(old: String, new: String) async throws {
        let reason = try await Self.read { $0.replacing(old, with: new) }
        if new.contains("[ ]") {
            #expect(reason == nil, "only laid out otherwise")
        } else {
            #expect(reason?.contains("\"sum\"") == true && reason?.contains("got lost") == true)
        }
    }

    @Test("a key that stands twice is refused")
    func repeatedKey() async throws {
        let reason = try await Self.read { $0.dropLast(2) + ",\"gaps\":[]}" }
        #expect(reason == "has the key \"gaps\" twice in one object")
    }
}
