import Reporting
import TestSupport
import Testing

enum Samples {
    static let folder = RepositoryRoot.file("reports/samples")
}

@Suite("Committed reports")
struct GoldenTests {
    private let golden = Golden(folder: "reports/samples")

    @Test("every report is as committed, byte for byte", arguments: FormatCase.all)
    func committed(subject: FormatCase) throws {
        let bytes = try subject.format.write(subject.example.report)
        try golden.compare(bytes, with: "\(subject.example.name)/\(subject.format.fileName)")
    }

    @Test("no committed report belongs to no case or format")
    func stale() throws {
        try golden.requireNoOthers(than: FormatCase.all.map { "\($0.example.name)/\($0.format.fileName)" })
    }
}
