import Model
import Testing

@testable import Evaluation

@Suite("How statuses combine")
struct StatusLatticeTests {
    /// From what decides everything to what decides nothing.
    private static let rank: [Status] = [
        .error, .notAssessed, .manual, .fail, .warn, .waived, .pass, .notApplicable,
    ]

    @Test("an image is what its weightiest rule is", arguments: Status.allCases, Status.allCases)
    func image(left: Status, right: Status) throws {
        let weightiest = try #require(rank(left) < rank(right) ? left : right)
        let expected: Status =
            switch weightiest {
            case .manual, .notApplicable: .notAssessed
            default: weightiest
            }
        #expect(StatusLattice.image([left, right]) == expected)
        #expect(StatusLattice.image([right, left, .notApplicable]) == expected)
    }

    @Test("an image without rules is not assessed")
    func noRules() { #expect(StatusLattice.image([]) == .notAssessed) }

    private func rank(_ status: Status) -> Int { Self.rank.firstIndex(of: status) ?? -1 }

    /// A line of the table: the direct rules, the indicators, and what a control of each reach comes out as.
    struct Line: CustomTestStringConvertible {
        let direct: [Status]
        let indicator: [Status]
        /// For `decides` and `partial`, `indicates`, `fleet`; `none` is always manual.
        let wanted: (Status, Status, Status)

        init(_ direct: [Status], _ indicator: [Status], _ wanted: (Status, Status, Status)) {
            self.direct = direct
            self.indicator = indicator
            self.wanted = wanted
        }

        var testDescription: String {
            "direct \(direct.map(\.rawValue)), indicator \(indicator.map(\.rawValue))"
        }
    }

    static let table: [Line] = [
        Line([], [], (.manual, .manual, .manual)),
        Line([.pass], [], (.pass, .manual, .manual)),
        Line([.warn], [], (.warn, .warn, .warn)),
        Line([.waived], [], (.waived, .waived, .waived)),
        Line([.fail], [], (.fail, .warn, .fail)),
        Line([.error], [], (.error, .error, .error)),
        Line([.notAssessed], [], (.notAssessed, .manual, .manual)),
        Line([.notApplicable], [], (.notApplicable, .manual, .manual)),
        Line([.manual], [], (.notAssessed, .manual, .manual)),
        Line([], [.pass], (.manual, .manual, .manual)),
        Line([], [.warn], (.warn, .warn, .warn)),
        Line([], [.fail], (.warn, .warn, .warn)),
        Line([], [.error], (.error, .error, .error)),
        Line([], [.notAssessed], (.notAssessed, .manual, .manual)),
        Line([], [.notApplicable], (.manual, .manual, .manual)),
        Line([.pass], [.fail], (.warn, .warn, .warn)),
        Line([.pass], [.notAssessed], (.notAssessed, .manual, .manual)),
        Line([.pass], [.pass], (.pass, .manual, .manual)),
        Line([.pass], [.waived], (.waived, .waived, .waived)),
        Line([.notApplicable], [.fail], (.warn, .warn, .warn)),
        Line([.notApplicable], [.pass], (.notApplicable, .manual, .manual)),
        Line([.pass, .fail], [], (.fail, .warn, .fail)),
        Line([.pass, .warn], [], (.warn, .warn, .warn)),
        Line([.pass, .notAssessed], [], (.notAssessed, .manual, .manual)),
        Line([.pass, .notApplicable], [], (.pass, .manual, .manual)),
        Line([.fail, .notAssessed], [], (.fail, .warn, .fail)),
        Line([.fail, .error], [], (.fail, .warn, .fail)),
        Line([.warn, .notAssessed], [], (.notAssessed, .warn, .warn)),
        Line([.error, .notAssessed], [], (.error, .error, .error)),
    ]

    @Test("a control that takes the fleet says so where the images were not all held against each other")
    func unfinishedFleet() {
        func reason(_ status: Status) -> String {
            let part = ControlResult.Contribution(
                rule: "reuse.several-images", relation: .direct, status: status, rationale: "why")
            return ControlResult(Sample.control("c", .fleet), of: "test", contributions: [part]).reason
        }
        #expect(reason(.notAssessed).contains("reuse.several-images could not be assessed"))
        #expect(!reason(.pass).contains("could not be assessed"))
    }

    @Test("a control is what its reach lets its rules say", arguments: table)
    func control(_ line: Line) {
        let parts =
            line.direct.map { StatusLattice.Part(relation: .direct, status: $0) }
            + line.indicator.map { StatusLattice.Part(relation: .indicator, status: $0) }
        for parts in [parts, parts.reversed()] {
            #expect(StatusLattice.control(.decides, parts) == line.wanted.0)
            #expect(StatusLattice.control(.partial, parts) == line.wanted.0)
            #expect(StatusLattice.control(.indicates, parts) == line.wanted.1)
            #expect(StatusLattice.control(.fleet, parts) == line.wanted.2)
            #expect(StatusLattice.control(.none, parts) == .manual)
        }
    }
}
