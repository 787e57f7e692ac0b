import Model
import Reporting

extension AuditResult {
    private static let maximalLines = 20

    /// For each leaking layer that several images of the run have, a line.
    package var sharedLeaks: [String] {
        let shared = SharedLayer.all(in: outcomes.map { ($0.image.digest, $0.leaks) })
        let images = Set(outcomes.map(\.image.digest)).count
        let lines = shared.prefix(Self.maximalLines).map { layer -> String in
            let text: SafeText =
                "SHARED  \(layer.place) leaks into \(layer.images.count) of \(images, "image"): \(layer.secrets)"
            return text.text
        }
        let missing = shared.count - lines.count
        return missing == 0
            ? lines : lines + ["SHARED  and \(missing) more layers that leak in several images"]
    }
}
