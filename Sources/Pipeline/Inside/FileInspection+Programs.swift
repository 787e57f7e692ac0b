import Archives
import Detection
import Model

extension FileInspection {
    /// Looks at a compiled Python module, whose bytes were searched as they are, for what it gives to names.
    func openModule(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], into result: inout Result
    ) throws {
        let bytes = try Self.collect(window, size: entry.size, limit: Self.largestPart)
        try window.finish()
        guard let bytes else {
            let detail = "compiled Python module of more than \(Self.largestPart >> 20) MiB"
            return result.gaps.append((.searchedAsStored, detail))
        }
        let module = PythonModule(bytes.span)
        if !module.isWhole {
            result.gaps.append((.malformedArchive, "compiled Python module is broken"))
        }
        guard !module.assignments.isEmpty else { return }
        var text = PartedText()
        for assignment in module.assignments {
            let name = bytes[assignment.name]
            let label = text.label("constant \(String(decoding: name, as: UTF8.self))")
            text.begin(label)
            text.append(name)
            text.append(" = \"".utf8)
            text.begin(label, at: assignment.value.lowerBound)
            text.append(bytes[assignment.value])
            text.begin(label)
            text.append("\"\n".utf8)
        }
        try inspect(text, called: "constants.py", of: entry, within: within, into: &result)
    }

    /// Looks at the memory of a program that crashed, whose bytes were searched as they are, for its environment.
    func openMemory(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], into result: inout Result
    ) throws {
        result.sightings.append(.coreDump(within: within))
        var variables = EnvironmentSearch()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var room = buffer.mutableSpan
            let count = try window.read(into: &room)
            guard count > 0 else { break }
            variables.search(buffer.span.extracting(..<count))
            guard variables.text.weight > 256 << 10 else { continue }
            try inspect(
                variables.text, called: EnvironmentSearch.name, of: entry, within: within, into: &result)
            variables.text.clear()
        }
        try window.finish()
        try inspect(variables.text, called: EnvironmentSearch.name, of: entry, within: within, into: &result)
    }
}
