import Cryptography
import FoundationEssentials
import Model
import ResultImporting

/// What `palimpsest run` saw of another tool, in a file beside the tool's results.
struct RunReceipt: Codable {
    static let schema = "palimpsest.run/1"
    private static let largest = 1 << 20

    var schemaVersion = RunReceipt.schema
    let tool: String
    let exitStatus: Int
    let started: Instant
    let ended: Instant
    /// The digest of everything that the tool wrote to standard output.
    let output: Digest

    var facts: ImportFacts.Run { ImportFacts.Run(exitStatus: exitStatus, started: started, ended: ended) }

    /// The format of results that nothing but this tells whose they are: those of a tool that wrote none.
    var formatOfNothing: String? {
        let nothing = Digest(sha256: SHA256Hasher.hash([]))
        return output == nothing ? Importers.formats.map(\.id).first { $0 == tool } : nil
    }

    /// Where the receipt for results in `path` lies.
    static func path(for path: String) -> String { path + ".run.json" }

    /// The receipt that lies beside results; nil where there is none.
    static func beside(_ results: String) throws(AuditError) -> RunReceipt? {
        let path = path(for: results)
        // One that is there and cannot be read is not none: it may tell that the tool failed.
        guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { return nil }
        let data = Data(try WholeFile.read(path, atMost: largest, or: .brokenResults))
        guard let receipt = try? JSONDecoder().decode(RunReceipt.self, from: data),
            receipt.schemaVersion == schema
        else {
            throw AuditError(code: .brokenResults, place: path, reason: "is no receipt of palimpsest run")
        }
        return receipt
    }
}
