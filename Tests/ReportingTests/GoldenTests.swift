import TestSupport
import Testing

@testable import Reporting

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

    @Test("the page on a run over all cases is as committed, byte for byte")
    func run() throws {
        try golden.compare(
            RunPage.file(RunCase.all, templates: nil).bytes, with: "run/\(RunPage.fileName)")
    }

    @Test("no committed report belongs to no format", arguments: Set(FormatCase.all.map(\.example.name)))
    func stale(example: String) throws {
        let names = FormatCase.all.filter { $0.example.name == example }.map(\.format.fileName)
        try Golden(folder: "reports/samples/\(example)").requireNoOthers(than: names)
    }
}
