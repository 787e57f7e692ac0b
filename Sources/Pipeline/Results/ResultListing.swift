import Detection
import Model
import Reporting
import ResultImporting

/// What `results check` and `results list` print.
package enum ResultListing {
    /// What came of looking at files of results.
    package struct Check: Sendable {
        package var lines: [String] = []
        package var errors: [AuditError] = []
        /// Whether everything that was read was understood.
        package var isWhole = true
    }

    /// The formats that are read, with what each is.
    package static let formats = Importers.formats

    /// The same as lines.
    package static var table: [String] { Columns.aligned(formats.map { [$0.id, $0.title] }) }

    /// What is understood of the files that `selection` names.
    package static func check(_ selection: ResultSelection, cacheFolder: String?) -> Check {
        var check = Check()
        do throws(AuditError) {
            let mapping = try PolicySources.importers(adding: selection.importerFiles)
            let files = try reader(mapping, cacheFolder)
            for source in selection.sources {
                do throws(AuditError) {
                    let given = try files.read(source)
                    check.lines += lines(given)
                    if given.outcome != .completed { check.isWhole = false }
                } catch {
                    check.errors.append(error)
                }
            }
        } catch {
            check.errors.append(error)
        }
        return check
    }

    /// Under a key of this run alone: no fingerprint is shown.
    private static func reader(_ mapping: ResultMapping, _ cacheFolder: String?) throws(AuditError)
        -> ResultFiles
    {
        do {
            let key = try FingerprintKey.random()
            let detectors = try PolicySources.compiledDetectors(adding: [], key: key, cache: cacheFolder)
            return ResultFiles(mapping, key: key, scanner: try detectors.makeScanner())
        } catch let error as AuditError {
            throw error
        } catch {
            throw AuditError(code: .brokenDetectors, place: "", reason: String(describing: error))
        }
    }

    private static func lines(_ given: GivenResults) -> [String] {
        let results = given.results
        let version = results.version.map { " \($0)" } ?? ""
        var lines: [SafeText] = [
            "\(.cleaning(given.place, limit: 300)): \(.cleaning(results.format)) of \(.cleaning(results.tool + version, limit: 120))"
        ]
        func add(_ name: SafeText, _ text: String?) {
            if let text { lines.append("  \(name): \(.cleaning(text, limit: 300))") }
        }
        add("about", target(results.target))
        add(
            "reports on",
            results.provides.isEmpty
                ? "nothing that is known" : results.provides.sorted().map(\.rawValue).joined(separator: ", "))
        add("database", results.database)
        add("components", results.components.map(String.init))
        add("signatures", results.signatures.map(String.init))
        add("findings", String(results.findings.count))
        let kinds = Dictionary(grouping: results.findings) { finding in
            let severity = finding.rating?.rawValue ?? "not rated"
            return "\(finding.kind.rawValue), \(severity)" + (finding.suppressed == nil ? "" : ", suppressed")
        }
        for (kind, findings) in kinds.sorted(by: { $0.key < $1.key }) {
            lines.append("    \(.cleaning(kind, limit: 120)): \(findings.count)")
        }
        for skipped in results.skipped.prefix(10) { add("left out", skipped) }
        add("left out", given.untried)
        for fault in results.faults.prefix(10) { add("not understood", fault.detail) }
        add("ended early", results.failure?.description)
        add("incomplete", given.shortfall)
        return lines.map(\.text)
    }

    private static func target(_ target: ImportedTarget) -> String {
        // What is no digest may be anything.
        func digest(_ text: String) -> String { Digest(text)?.text ?? "(no digest)" }
        let digests = [
            target.manifests.first.map { "manifest \(digest($0))" },
            target.images.first.map { "image id \(digest($0))" },
            target.layers.isEmpty
                ? nil : target.layers.count == 1 ? "1 layer" : "\(target.layers.count) layers",
        ]
        let known = digests.compactMap(\.self)
        let name = target.name.map { [$0] } ?? []
        return known.isEmpty
            ? (name + ["names no image (--assume-target)"]).joined(separator: ", ")
            : (name + known).joined(separator: ", ")
    }
}
