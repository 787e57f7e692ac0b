import PolicyLoading
import Reporting

/// How far an audit is: what its progress adds up to, as a line for a terminal and as lines for a log.
///
/// It reads no clock, so that it says the same of the same progress; how long it took so far is handed to it.
package struct ProgressTally: Sendable {
    private var image = ""
    private var layers: Int?
    private var bytes = 0
    private var layersRead = 0
    private var bytesRead = 0
    /// Of the layers that are being read, by their index.
    private var bytesUnderWay: [Int: Int] = [:]

    package init() {}

    /// Takes in what happened; gives the line that a log gets, where it gets one.
    package mutating func take(_ progress: AuditProgress) -> String? {
        switch progress {
        case .opening(let image):
            self = ProgressTally()
            self.image = image
        case .opened(let image, let platform, let layers, let bytes):
            self = ProgressTally()
            self.image = "\(image) \(platform)"
            self.layers = layers
            self.bytes = bytes
        case .reading(let layer, let bytes):
            bytesUnderWay[layer] = bytes
        case .layerRead(let layer):
            bytesUnderWay[layer.index] = nil
            layersRead += 1
            if !layer.isRepeated { bytesRead += layer.bytes }
            return entry(layer)
        }
        return nil
    }

    private func entry(_ layer: LayerOutline) -> String {
        var parts = [
            "layer \(layer.index) \(layer.digest.prefix(19))", SafeText.bytes(layer.bytes).text,
            Self.counted(layer.findings, "finding"),
        ]
        if layer.gaps > 0 { parts.append(Self.counted(layer.gaps, "gap")) }
        if layer.isKnown { parts.append("known from before") }
        if layer.isRepeated { parts.append("as before") }
        let outline = parts.joined(separator: ", ")
        return "\(image): \(layersRead) of \(Self.counted(layers ?? 0, "layer")) read: \(outline)"
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(SafeText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// Where the audit stands, in fewer than `columns` columns, after so many seconds of reading this image.
    package func line(columns: Int, seconds: Double) -> String {
        let room = max(columns - 1, 0)
        let leastName = 12
        guard let layers else { return named("opening", within: room, least: leastName) }
        let done = min(bytesRead + bytesUnderWay.values.reduce(0, +), bytes)
        let counts = "\(layersRead)/\(layers) layers"
        let amount = "\(SafeText.bytes(done)) of \(SafeText.bytes(bytes))"
        let percent = "\(bytes > 0 ? Int(Double(done) / Double(bytes) * 100) : 100) %"
        // From the most telling to what still fits a very narrow terminal.
        var choices = [[counts, amount], [percent]]
        if seconds >= 0.5, done > 0, done < bytes {
            let rate = Double(done) / seconds
            let left = Self.duration(Double(bytes - done) / rate) + " left"
            choices = [
                [counts, amount, SafeText.bytes(Int(rate)).text + "/s", left], [counts, amount, left],
            ]
            choices += [[amount, left], [percent, left], [percent]]
        }
        let details = choices.map { $0.joined(separator: ", ") }
        let fitting = details.first { $0.count + leastName + 2 <= room } ?? details.last ?? ""
        return named(fitting, within: room, least: leastName)
    }

    /// The details behind as much of the image's name as there is room for; alone, where that is less than `least`.
    private func named(_ details: String, within room: Int, least: Int) -> String {
        let left = room - details.count - 2
        guard left >= least else { return String(details.prefix(room)) }
        return DisplayText.ending(image, columns: left) + ": " + details
    }

    private static func duration(_ seconds: Double) -> String {
        // An hour is long enough to be only guessed at, and a number without bounds cannot be shown.
        let whole = Int(min(seconds.rounded(.up), 100 * 3600))
        if whole < 60 { return "\(whole) s" }
        return whole < 3600 ? "\((whole + 59) / 60) min" : "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
