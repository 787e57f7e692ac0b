import FoundationEssentials
import Reporting
import Testing

@Suite("Committed reports")
struct GoldenTests {
    @Test("every format of every case is as committed, byte for byte", arguments: ReportCase.all)
    func committed(example: ReportCase) throws {
        for format in ReportFormats.all {
            Golden.expect(try format.write(example.report), at: "\(example.name)/\(format.fileName)")
        }
    }

    @Test("no committed report belongs to no case or format")
    func stale() throws {
        let wanted = Set(
            ReportCase.all.flatMap { example in
                ReportFormats.all.map { "\(example.name)/\($0.fileName)" }
            })
        let found = try FileManager.default.subpathsOfDirectory(atPath: Golden.folder)
            .filter { $0.contains("/") && !$0.hasPrefix(".") }
        #expect(Set(found) == wanted)
    }
}
