internal import BuiltinTemplates
package import Model
internal import Cryptography

/// The built-in templates with those that somebody gave in the place of some.
package struct GivenTemplates: Sendable {
    package let library: TemplateLibrary
    /// Of all that was given, names and bytes.
    package let digest: Digest

    /// Replaces built-in templates by `files`, whose names are those below `Templates/html`; all that is wrong with them at once.
    ///
    /// `folder` is what the errors call the place of the files.
    package static func load(
        _ files: [(name: String, bytes: [UInt8])], from folder: String
    ) throws(ReportError) -> GivenTemplates {
        let builtin = Dictionary(
            uniqueKeysWithValues: BuiltinTemplates.files.filter { $0.path.hasPrefix("html/") }
                .map { (String($0.path.dropFirst(5)), $0.text) })
        var texts = builtin
        var faults: [TemplateFault] = []
        for file in files {
            let place = "\(folder)/\(SafeText.cleaning(file.name, limit: 100))"
            if builtin[file.name] == nil {
                let known = builtin.keys.sorted().joined(separator: ", ")
                faults.append(
                    TemplateFault(file: place, place: nil, reason: "replaces nothing; there are: \(known)"))
            } else if file.bytes.contains(0) {
                // No page may, and what marks the places of rows is made with it.
                faults.append(TemplateFault(file: place, place: nil, reason: "holds a NUL"))
            } else if let text = String(validating: file.bytes, as: UTF8.self) {
                texts[file.name] = text
            } else {
                faults.append(TemplateFault(file: place, place: nil, reason: "is not in UTF-8"))
            }
        }
        let given = Set(files.map(\.name))
        faults += check(texts, given: given, in: folder)
        guard faults.isEmpty else {
            let shown = faults.sorted().map { fault in
                fault.described(with: texts[String(fault.file.dropFirst(folder.count + 1))])
            }
            throw ReportError(
                code: .template, place: folder, reason: shown.joined(separator: "\n"), underlying: nil)
        }
        let library = try TemplateLibrary.load(texts.map { ("html/\($0.key)", $0.value) }).get()
        return GivenTemplates(library: library, digest: digest(of: files))
    }

    private static func check(
        _ texts: [String: String], given: Set<String>, in folder: String
    ) -> [TemplateFault] {
        let pages = texts.filter { $0.key.hasSuffix(".html") }
        let check = TemplateCheck(
            Dictionary(uniqueKeysWithValues: pages.map { (String($0.key.dropLast(5)), $0.value) })
        ) { name in given.contains("\(name).html") ? "\(folder)/\(name).html" : "built-in \(name).html" }
        let unused = pages.keys.filter { name in
            given.contains(name) && !check.reached.contains(String(name.dropLast(5)))
        }
        return check.faults
            + unused.map { name in
                TemplateFault(
                    file: "\(folder)/\(name)", place: nil,
                    reason: "no page uses it: no other template names it"
                )
            }
    }

    private static func digest(of files: [(name: String, bytes: [UInt8])]) -> Digest {
        var all: [UInt8] = []
        for file in files.sorted(by: { $0.name < $1.name }) {
            all += Array("\(file.name)\n\(file.bytes.count)\n".utf8) + file.bytes
        }
        return Digest(sha256: SHA256Hasher.hash(all))
    }
}
