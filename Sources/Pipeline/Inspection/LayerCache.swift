import Cryptography
import Detection
import FoundationEssentials
import ImageReading
import JSONDocuments
import Model
import Synchronization

/// Reports on layers kept between runs, so that an image of which little changed is audited in a fraction of the time.
///
/// A report has file names in it, which may hold secrets, and whoever could write one could make an image pass. So each
/// is sealed under a key that follows from that of the fingerprints, and opens only as what it was kept for: this
/// layer, looked at by these detectors of this very program.
final class LayerCache: Sendable {
    /// What a report may weigh, since a few copies of it are made to keep it; that of a base image weighs a tenth of it.
    private static let heaviest = 4 << 20
    /// What one may take as it is kept.
    private static let largest = 8 << 20
    /// What all may take; the longest unused go first.
    private static let usualCapacity = 256 << 20

    private let folder: CacheFolder
    private let path: String
    private let key: [UInt8]
    /// All that a report depends on beside the layer.
    private let circumstances: String
    private let capacity: Int
    /// Bytes that may yet be kept before somebody has to look what all takes; a folder of thousands is not looked at for each.
    private let room = Mutex(0)

    /// The cache in `folder`; nil where nothing tells this program from another version of it.
    init?(folder: String, detectors: DetectorSet, capacity: Int = LayerCache.usualCapacity) {
        guard let program = Self.program else { return nil }
        self.capacity = capacity
        path = folder + "/layers"
        self.folder = CacheFolder(path)
        key = detectors.key.derived(for: "layer cache")
        let parts = detectors.descriptions.map { detector in
            "\(detector.id) \(detector.version) \(detector.rules?.text ?? "") \(detector.notes)"
        }
        circumstances = ([program, detectors.key.id] + parts).joined(separator: "\n")
    }

    /// What is kept of a layer.
    private struct Kept: Codable {
        /// Those that were proven to be this layer, the latest last.
        var forms: [LayerMemory.Key.Form]
        let report: LayerReport

        static let mostForms = 16
    }

    /// Whether something was kept under the name of this key.
    func mayKnow(_ layer: LayerMemory.Key) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(name(of: layer))")
    }

    /// The report on the layer of this key, if it was kept of this form of it or another.
    func report(for layer: LayerMemory.Key) -> LayerMemory.Known? {
        let name = name(of: layer)
        guard let kept = kept(name) else { return nil }
        // The clock says which were used last, and decides nothing else.
        try? FileManager.default.setAttributes([.modificationDate: Date.now], ofItemAtPath: "\(path)/\(name)")
        return LayerMemory.Known(report: kept.report, isOfThisForm: kept.forms.contains(layer.form))
    }

    private func kept(_ name: String) -> Kept? {
        guard let sealed = folder.load(name, limit: Self.largest),
            let content = SealedBytes.open(sealed, key: key, label: Array(name.utf8))
        else { return nil }
        return try? JSONDocument(content).decode(Kept.self)
    }

    /// Keeps a report, unless something in it could be read better another time.
    func keep(_ report: LayerReport, for layer: LayerMemory.Key) {
        guard report.isProven, report.isOfEveryForm, report.weight <= Self.heaviest else { return }
        let name = name(of: layer)
        let others = (kept(name)?.forms ?? []).filter { $0 != layer.form }
        let kept = Kept(forms: others.suffix(Kept.mostForms - 1) + [layer.form], report: report)
        guard let content = try? CanonicalJSON.encode(kept),
            let sealed = try? SealedBytes.seal(content, key: key, label: Array(name.utf8)),
            sealed.count <= Self.largest
        else { return }
        folder.store(sealed, as: name)
        room.withLock { room in
            room -= sealed.count
            guard room < 0 else { return }
            makeRoom()
            room = capacity / 16
        }
    }

    private func name(of layer: LayerMemory.Key) -> String {
        Hex.string(SHA256Hasher.hash(Array("\(circumstances)\n\(layer.content)".utf8))) + ".sealed"
    }

    private func makeRoom() {
        let files = FileManager.default
        let kept = ((try? files.contentsOfDirectory(atPath: path)) ?? []).compactMap { name in
            let facts = try? files.attributesOfItem(atPath: "\(path)/\(name)")
            let used = facts?[.modificationDate] as? Date
            return used.map { (name: name, used: $0, size: (facts?[.size] as? Int) ?? 0) }
        }
        var left = kept.reduce(0) { $0 + $1.size } - (capacity - capacity / 16)
        for file in kept.sorted(by: { ($0.used, $0.name) < ($1.used, $1.name) }) where left > 0 {
            try? files.removeItem(atPath: "\(path)/\(file.name)")
            left -= file.size
        }
    }

    /// What tells this program from every other build of it.
    private static let program: String? = {
        let path = "/proc/self/exe"
        let files = FileManager.default
        guard let target = try? files.destinationOfSymbolicLink(atPath: path),
            let facts = try? files.attributesOfItem(atPath: target), let size = facts[.size] as? Int,
            let made = facts[.modificationDate] as? Date
        else { return nil }
        return "\(Product.version) \(size) \(made.timeIntervalSinceReferenceDate)"
    }()
}
