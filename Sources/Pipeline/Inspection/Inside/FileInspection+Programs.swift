import Archives
import Detection
import Model

extension FileInspection {
    /// So much text that was put together is looked at together.
    private static let batch = 256 << 10
    /// A larger module takes memory that others are asked for.
    private static let smallestModule = 256 << 10

    /// Looks at a compiled Python module, whose bytes were searched as they are, for what it gives to names.
    func openModule(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        // What is small takes little in any case; how large a part of another file is may not be known.
        let isSmall = (1...Self.smallestModule).contains(entry.size)
        let wanted = isSmall ? 0 : Self.largestPart + PythonModule.memory
        let taken = memory.take(wanted)
        defer { memory.giveBack(taken) }
        guard taken == wanted else {
            try window.finish()
            return result.note(
                .searchedAsStored, "compiled Python module beside others that take the memory")
        }
        let bytes = try Self.collect(
            window, size: entry.size, limit: isSmall ? Self.smallestModule : Self.largestPart)
        try window.finish()
        guard let bytes else {
            let detail = "compiled Python module of more than \(Self.largestPart >> 20) MiB"
            return result.note(.searchedAsStored, detail)
        }
        var text = PartedText()
        do throws(ArchiveError) {
            let outcome = try PythonModule.read(bytes.span) { assignment throws(ArchiveError) in
                Self.append(assignment, of: bytes, to: &text)
                guard text.weight > Self.batch else { return }
                try inspectConstants(&text, of: entry, within: within, meter: meter, into: &result)
            }
            try inspectConstants(&text, of: entry, within: within, meter: meter, into: &result)
            if let gap = Self.gap(outcome) { result.note([gap]) }
        } catch {
            result.note([Self.gap(error, "compiled Python module", meter)])
        }
    }

    private func inspectConstants(
        _ text: inout PartedText, of entry: FileEntry, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws(ArchiveError) {
        defer { text.clear() }
        try meter.count(text.bytes.count, from: levels[0].window.watched)
        try inspect(text, called: "constants.py", of: entry, within: within, into: &result)
    }

    private static func append(
        _ assignment: PythonModule.Assignment, of bytes: [UInt8], to text: inout PartedText
    ) {
        let name = bytes[assignment.name]
        let label = "constant \(String(decoding: name, as: UTF8.self))"
        text.begin(label)
        text.append(name)
        text.append(" = \"".utf8)
        text.begin(label, at: assignment.value.lowerBound)
        text.append(bytes[assignment.value])
        text.begin(label)
        text.append("\"\n".utf8)
    }

    private static func gap(_ outcome: PythonModule.Outcome) -> (reason: GapReason, detail: String)? {
        switch outcome {
        case .whole: nil
        case .broken: (.malformedArchive, "compiled Python module is broken")
        case .tooDeep: (.depthLimit, "compiled Python module with more in each other than is opened")
        case .tooMany: (.sizeLimit, "compiled Python module of more parts than are looked at")
        case .tooLong: (.ratioLimit, "compiled Python module refers to the same parts too often")
        }
    }

    /// Looks at the memory of a program that crashed, whose bytes were searched as they are, for its environment.
    func openMemory(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], into result: inout Result
    ) throws {
        result.add([.coreDump(within: within)])
        var variables = EnvironmentSearch()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var room = buffer.mutableSpan
            let count = try window.read(into: &room)
            guard count > 0 else { break }
            variables.search(buffer.span.extracting(..<count))
            guard variables.text.weight > Self.batch else { continue }
            try inspect(
                variables.text, called: EnvironmentSearch.name, of: entry, within: within, into: &result)
            variables.text.clear()
        }
        try window.finish()
        try inspect(variables.text, called: EnvironmentSearch.name, of: entry, within: within, into: &result)
    }
}
