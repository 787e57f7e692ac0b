/// Which instruction of the history set a metadata field: the last one that names it.
struct FieldInstructions {
    private var instructions: [Setting: String] = [:]

    private struct Setting: Hashable {
        let keyword: Substring
        /// Empty where the instruction sets one thing only.
        let name: Substring

        init(keyword: Substring, name: Substring) {
            (self.keyword, self.name) = (keyword, name)
        }

        init(_ field: String) {
            let parts = field.split(separator: "/", maxSplits: 1)
            let place = parts.first ?? ""
            keyword = FieldInstructions.keywords[place] ?? place.uppercased()[...]
            name = parts.count > 1 && place != "OnBuild" ? parts[1] : ""
        }
    }

    private static let keywords: [Substring: Substring] = [
        "Env": "ENV", "Labels": "LABEL", "WorkingDir": "WORKDIR",
    ]
    /// What the builder before BuildKit writes before an instruction that runs nothing: `/bin/sh -c #(nop)  ENV PORT=80`.
    private static let mark = "#(nop)"

    /// Reads each of `history` once, in order, however many of `fields` there are.
    init(_ history: [String], for fields: [String]) {
        let wanted = Set(fields.map(Setting.init))
        let keywords = Set(wanted.map(\.keyword))
        guard !wanted.isEmpty else { return }
        for text in history {
            let start = text.split(maxSplits: 4, whereSeparator: \.isWhitespace).prefix(4)
            let keyword = start.count == 4 && start[2] == Self.mark ? start[3] : start.first
            guard let keyword, keywords.contains(keyword) else { continue }
            let words = text[keyword.endIndex...].split { $0.isWhitespace || "=\"'".contains($0) }
            for name in ["" as Substring] + words {
                let setting = Setting(keyword: keyword, name: name)
                if wanted.contains(setting) { instructions[setting] = text }
            }
        }
    }

    /// The instruction that set the field of this name, such as `Env/PORT`; nil where none says so.
    func instruction(for field: String) -> String? { instructions[Setting(field)] }
}
