import FoundationEssentials
import ImageWriting
import TestSupport
import YAMLDocuments

/// A way in which a pass could come about that nobody earned, from `gauntlet/*.yaml`.
///
/// It begins with what is good: `clean/` is an image that meets the policy and `clean.json` its evidence; `leaky/` and
/// `leaky.json` are those of an image with a secret. Then files are written, JSON is edited and files are cut, the
/// program is run, and what must come out is an exit status and words in what it says.
struct Gauntlet: CustomStringConvertible, Sendable {
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    let description: String
    let place: String
    private let node: YAMLNode

    /// Every scenario, in the order of files and lines.
    static func all() throws -> [Gauntlet] {
        let folder = RepositoryRoot.file("Tests/CommandTests/gauntlet")
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().flatMap { name in
            let bytes = Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
            let root = try YAMLDocument.parse(bytes, file: name).root
            return try (root["scenarios"]?.items ?? []).map { node in
                guard let title = node["name"]?.text else {
                    throw Mistake(description: "\(name):\(node.mark.line): a scenario without a name")
                }
                return Gauntlet(description: title, place: "\(name):\(node.mark.line)", node: node)
            }
        }
    }

    /// The group that it belongs to: its file's name.
    var group: String { String(place.prefix { $0 != "." }) }

    /// What must come out: the exit status.
    var wantedStatus: Int { node["exit"]?.text.flatMap { Int($0) } ?? -1 }

    /// What comes out otherwise than it must, and the exit status.
    func run(in bench: Workbench, words: [String: String]) throws -> (status: Int, mistakes: [String]) {
        let filled = { (text: String) in
            words.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
        for pair in node["files"]?.pairs ?? [] {
            try bench.scratch.write(filled(pair.value.text ?? ""), to: pair.key)
        }
        for edit in node["edits"]?.items ?? [] { try self.edit(edit, in: bench.scratch) }
        let arguments = (node["run"]?.items ?? []).compactMap(\.text).map(filled)
        let outcome = try bench.run(arguments)
        var mistakes: [String] = []
        if outcome.status != wantedStatus {
            mistakes.append(
                "ended with \(outcome.status), not \(wantedStatus): \(outcome.errorText.prefix(600))")
        }
        let said = outcome.outputText + outcome.errorText
        for wanted in node["says"]?.items ?? [] {
            let text = filled(wanted.text ?? "")
            if !said.contains(text) { mistakes.append("does not say \(text) but: \(said.prefix(800))") }
        }
        for unwanted in node["saysNot"]?.items ?? [] where said.contains(filled(unwanted.text ?? "")) {
            mistakes.append("says \(unwanted.text ?? "")")
        }
        return (outcome.status, mistakes)
    }

    private func edit(_ edit: YAMLNode, in scratch: ScratchFolder) throws {
        guard let file = edit["file"]?.text else {
            throw Mistake(description: "\(place): an edit of no file")
        }
        var bytes = try scratch.read(file)
        if let cut = edit["keep"]?.text, let percent = Int(cut.dropLast()) {
            bytes = Array(bytes.prefix(bytes.count * percent / 100))
        } else if let old = edit["replace"]?.text, let new = edit["by"]?.text {
            let text = String(decoding: bytes, as: UTF8.self)
            guard text.contains(old) else {
                throw Mistake(description: "\(place): \(file) does not have \(old)")
            }
            bytes = Array(text.replacing(old, with: new).utf8)
        } else {
            guard let steps = edit["at"]?.text else { throw Mistake(description: "\(place): edits nothing") }
            var json = try JSONDecoder().decode(AnyJSON.self, from: Data(bytes))
            let path = steps.split(separator: ".").map(String.init)
            let count = try json.edit(path[...], to: edit["to"].map(AnyJSON.init))
            guard count > 0 else { throw Mistake(description: "\(place): nothing is at \(steps)") }
            // Whoever makes a document say something else makes a new sum of it; what got lost does not.
            bytes = Array(try JSONEncoder().encode(json))
            if edit["keepsSum"]?.text != "true" { bytes = SummedEvidence.bytes(bytes) }
        }
        try scratch.write(bytes, to: file)
    }
}

extension YAMLNode {
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    var items: [YAMLNode] {
        if case .sequence(let nodes) = content { nodes } else { [] }
    }

    var pairs: [Pair] {
        if case .mapping(let pairs) = content { pairs } else { [] }
    }
}
