import TestSupport
import Testing

/// The reports on the demo image, as they are shown in the repository.
struct DemoGoldenTests {
    @Test("Golden: the audit of the demo image gives the committed reports, byte for byte")
    func demo() throws {
        let bench = try Workbench()
        // Plain layers, so that the bytes do not depend on which zlib is installed.
        _ = try bench.demo(compression: "none", to: "ledger-agent")
        let outcome = try bench.audit("oci:ledger-agent")
        #expect(outcome.status == 1)
        let golden = Golden(folder: "reports/samples/ledger-agent")
        let reports = try bench.reports()
        for (name, bytes) in reports {
            #expect(throws: Never.self) { try golden.compare(bytes, with: name) }
        }
        try golden.requireNoOthers(than: reports.keys)
    }
}
