import Foundation
import Pipeline
import Synchronization

/// One line on a terminal's standard error that says how far the audit is; nothing where there is no terminal.
final class ProgressLine: Sendable {
    private struct State {
        var image = ""
        var layers = 0
        var layersRead = 0
        var bytes = 0
        var bytesRead = 0
    }

    private let state = Mutex(State())
    private let isShown: Bool

    init(quiet: Bool) { isShown = !quiet && Console.isTerminal(.standardError) }

    /// Takes in what happened and draws the line anew.
    func report(_ progress: AuditProgress) {
        guard isShown else { return }
        let text = state.withLock { state -> String in
            switch progress {
            case .opened(let image, let platform, let layers, let bytes):
                state = State(image: "\(image) \(platform)", layers: layers, bytes: bytes)
            case .layerRead(_, let bytes):
                state.layersRead += 1
                state.bytesRead += bytes
            case .finished:
                return "\r\u{1b}[K"
            }
            let share = Double(state.bytesRead) / Double(max(state.bytes, 1))
            let percent = state.bytes > 0 ? Int(share * 100) : 100
            return
                "\r\u{1b}[K\(state.image.suffix(50)): layer \(state.layersRead) of \(state.layers), \(percent) %"
        }
        FileHandle.standardError.write(Data(text.utf8))
    }
}
