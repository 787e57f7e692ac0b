import Model
import PolicyLoading
import Testing

@Suite struct PolicyBatchTests {
    private let framework = Documents.source("framework.yaml", Documents.framework)

    private func codes(_ sources: [PolicySource]) -> [Diagnostic.Code] {
        do throws(PolicyDiagnostics) {
            _ = try PolicyLoader.loadPolicy(sources, digest: Documents.digest)
            return []
        } catch {
            return error.list.map(\.code)
        }
    }

    @Test("documents of one policy id form one policy, whatever order they come in")
    func merged() throws {
        let first = Documents.source("a.yaml", Documents.policy)
        let second = Documents.source(
            "b.yaml", Documents.policy.replacing("id: secrets.none", with: "id: another"))
        let one = try PolicyLoader.loadPolicy([framework, first, second], digest: Documents.digest)
        let other = try PolicyLoader.loadPolicy([second, framework, first], digest: Documents.digest)
        #expect(one.rules.map(\.id) == ["another", "secrets.none"])
        #expect(one.rules.map(\.source) == ["b.yaml:6", "a.yaml:6"])
        #expect(one == other)
    }

    @Test("a rule's id in two documents is refused")
    func twice() {
        let sources = ["a.yaml", "b.yaml"].map { Documents.source($0, Documents.policy) }
        #expect(codes([framework] + sources) == [.duplicate])
    }

    @Test("a second policy is refused, and so is a second title")
    func second() {
        let first = Documents.source("a.yaml", Documents.policy)
        let changed = Documents.policy.replacing("id: secrets.none", with: "id: another")
        let policy = Documents.source("b.yaml", changed.replacing("id: baseline", with: "id: strict"))
        #expect(codes([framework, first, policy]) == [.duplicate])
        let title = Documents.source("b.yaml", changed.replacing("title: Baseline", with: "title: Base"))
        #expect(codes([framework, first, title]) == [.contradiction])
    }

    @Test("no policy is an error, not an empty one")
    func none() {
        #expect(codes([framework]) == [.noPolicy])
        #expect(codes([]) == [.noPolicy])
    }

    @Test("a framework that cannot be read does not make every control unknown")
    func cascade() {
        let broken = Documents.source("framework.yaml", "a: [")
        #expect(codes([broken, Documents.source("p.yaml", Documents.policy)]) == [.yaml])
        let untitled = Documents.framework.replacing("title: Demo Framework\n", with: "")
        let sources = [Documents.source("f.yaml", untitled), Documents.source("p.yaml", Documents.policy)]
        #expect(codes(sources) == [.missingKey])
    }

    @Test("without any framework every control is unknown")
    func noFramework() {
        #expect(codes([Documents.source("p.yaml", Documents.policy)]) == [.unknownControl])
    }

    @Test("documents of every kind load together")
    func together() throws {
        let loaded = try PolicyLoader.load([
            framework, Documents.source("p.yaml", Documents.policy),
            Documents.source("d.yaml", Documents.detectors),
        ])
        #expect(loaded.frameworks.count == 1)
        #expect(loaded.policies.map(\.id) == ["baseline"])
        #expect(loaded.detectors.count == 1)
        #expect(try PolicyLoader.load([]).policies.isEmpty)
    }
}
