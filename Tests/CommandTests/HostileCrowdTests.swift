import FoundationEssentials
import ImageWriting
import Model
import TestSupport
import Testing

/// Layers and configurations with more of everything than anybody has, each in bounded memory.
struct HostileCrowdTests {
    @Test("a million entries are read, one and all")
    func entries() throws {
        let layer = try StreamedLayer()
        try layer.add(count: 500_000, prefix: "srv/file")
        try layer.add { $0.addSecret("srv/middle.env", 1) }
        try layer.add(count: 500_000, prefix: "srv/more")
        let trial = try HostileTrial(layers: [try layer.finish()])
        trial.expectBounds()
        #expect(trial.outcome.status == 1, "\(trial.outcome.errorText.prefix(400))")
        let evidence = try trial.evidence
        #expect(evidence.layers.last?.entries == 1_000_001)
        #expect(evidence.findings.count == 1 && evidence.gaps.isEmpty)
        trial.expectBalance(evidence)
    }

    @Test("more hard links than are followed withhold the verdict")
    func links() throws {
        let layer = try StreamedLayer()
        try layer.add { $0.addSecret("key.env", 1) }
        try layer.add(count: 210_000, prefix: "srv/folder/link", type: "1", link: "key.env")
        try HostileTrial(layers: [try layer.finish()]).expectGap(.detectorLimit, secrets: 1)
    }

    @Test("a hundred thousand whiteouts remove what they name, and nothing else")
    func whiteouts() throws {
        let top = try StreamedLayer()
        try top.add(count: 100_000, prefix: "srv/.wh.key")
        let trial = try HostileTrial(layers: [
            .tar { tar in
                tar.addSecret("srv/key0099999", 1)
                tar.addSecret("srv/key0100000", 2)
                tar.end()
            }, try top.finish(),
        ])
        trial.expectBounds()
        #expect(trial.outcome.status == 1)
        #expect(try trial.evidence.findings.map(\.persistence) == [.deleted, .present])
    }

    @Test("findings and broken archives in files with names of a mebibyte fill no memory")
    func longNames() throws {
        let layer = try StreamedLayer()
        let filling = [UInt8](repeating: 0x61, count: 1_000_000)
        for number in 0..<150 {
            let name = Array("srv/\(number)".utf8) + filling
            try layer.add { tar in
                tar.add(pax: [("path", name)], "cut", Array("STRIPE=\(Trial.secret(UInt64(number)))\n".utf8))
                tar.add(pax: [("path", name + [0x7a])], "cut", Array("PK\u{3}\u{4}broken".utf8))
            }
        }
        let trial = try HostileTrial(layers: [try layer.finish()])
        try trial.expectGap(.malformedLayer, secrets: 150)
        for (file, bytes) in try trial.bench.reports() { #expect(bytes.count < 6 << 20, "\(file)") }
    }

    @Test("more secrets than are listed withhold the verdict")
    func secrets() throws {
        let layer = try StreamedLayer()
        for number in 0..<21_000 {
            try layer.add {
                $0.add("srv/\(number).env".utf8, Array("STRIPE=\(Trial.secret(UInt64(number)))\n".utf8))
            }
        }
        let trial = try HostileTrial(layers: [try layer.finish()])
        #expect(trial.outcome.status == 2, "\(trial.outcome.errorText.prefix(400))")
        #expect(try trial.evidence.gaps.contains { $0.reason == .detectorLimit })
        #expect(trial.peak < 4 * HostileTrial.memoryLimit, "\(trial.peak) KiB")
    }

    @Test("more secrets in the configuration than are listed withhold the verdict, and none of them is shown")
    func environment() throws {
        let trial = try HostileTrial(layers: []) { image in
            for number in 0..<30_000 {
                image.runtime.environment.append("V\(number)=\(Trial.secret(UInt64(number)))")
            }
        }
        #expect(trial.outcome.status == 2, "\(trial.outcome.errorText.prefix(400))")
        #expect(trial.peak < 4 * HostileTrial.memoryLimit, "\(trial.peak) KiB")
        let shown = try trial.bench.reports().values.contains { bytes in
            String(decoding: bytes, as: UTF8.self).contains(Trial.secret(7))
        }
        #expect(!shown)
    }
}
