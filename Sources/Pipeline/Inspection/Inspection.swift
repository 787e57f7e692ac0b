import Archives
import Detection
import ImageReading
import Model

/// Looks at one image: its layers side by side, its metadata, and what became of everything.
enum Inspection {
    static func run(
        _ image: Image, base: ImageFacts.Base? = nil, detectors: DetectorSet, workers: Int,
        memory: LayerMemory, progress: @escaping ProgressObserver
    ) async throws(AuditError) -> (evidence: Evidence, trace: LayerTrace) {
        let read = await layers(of: image, detectors, workers, memory, progress)
        DetectorSet.releaseFreedMemory()
        let layers = AliasInspection.run(read, of: image, detectors: detectors)
        do {
            let evidence = try EvidenceAssembly.evidence(of: image, layers, base: base, detectors: detectors)
            return (evidence, LayerTrace(image, layers))
        } catch {
            throw AuditError(code: .brokenDetectors, place: image.name, reason: error.description)
        }
    }

    /// Whether what is known of a layer holds of `layer`, whose bytes are those that its digest names: they are of a form
    /// that was proven once, or uncompress to the same.
    private static func isSame(
        _ known: LayerMemory.Known, _ layer: LayerDescriptor, of image: Image,
        _ progress: @escaping ProgressObserver
    ) -> Bool {
        if known.isOfThisForm { return true }
        return image.proves(layer, memory: DecoderMemory(takesTurns: true)) {
            progress(.reading(layer: layer.index, bytes: $0))
        }
    }

    /// How many threads search a layer of so many bytes, of all that are to be read: its share of the cores, rounded up.
    ///
    /// With more than three, uncompressing is what takes longest.
    private static func threads(_ size: Int, of bytes: Int, workers: Int) -> Int {
        guard size > 0, bytes > 0 else { return 1 }
        return max(1, Int(min(3, (Double(size) / Double(bytes) * Double(workers)).rounded(.up))))
    }

    /// What each layer held, in their order, read by at most `workers` tasks at once; the largest are begun first.
    ///
    /// Layers of a stream are read one after the other, as it has them. A layer that is more than one worker's share would
    /// be read alone in the end: part of its work goes to other threads.
    private static func layers(
        of image: Image, _ detectors: DetectorSet, _ workers: Int, _ memory: LayerMemory,
        _ progress: @escaping ProgressObserver
    ) async -> [InspectedLayer] {
        var reports = LayerReports(layers: image.layers)
        let distinct = reports.distinct
        progress(
            .opened(
                image: detectors.shown(image.name), platform: detectors.shown(image.platform.description),
                layers: image.layers.count, bytes: distinct.reduce(0) { $0 + $1.size }))
        await withTaskGroup(of: (layer: LayerDescriptor, report: LayerReport, isKnown: Bool).self) { group in
            let sequence = image.sequence
            let isDistinct = Set(distinct)
            var waiting =
                sequence?.reversed().filter(isDistinct.contains) ?? distinct.sorted { $0.size < $1.size }
            let bytes = waiting.reduce(0) { $0 + $1.size }
            func begin() {
                guard let layer = waiting.popLast() else { return }
                let threads = threads(sequence == nil ? layer.size : bytes, of: bytes, workers: workers)
                group.addTask {
                    let key = LayerMemory.Key(layer)
                    if memory.mayKnow(key) {
                        // Side by side, since the one takes about as long as the other.
                        async let isThere = image.holds(layer) {
                            progress(.reading(layer: layer.index, bytes: $0))
                        }
                        if let known = memory.report(for: key), await isThere,
                            Self.isSame(known, layer, of: image, progress)
                        {
                            // From now on the digest of this form says enough.
                            if !known.isOfThisForm { memory.keep(known.report, for: key) }
                            return (layer, known.report, isKnown: true)
                        }
                    }
                    let report = LayerInspection.run(
                        layer, of: image, detectors: detectors, inspectors: threads - 1, progress)
                    memory.keep(report, for: key)
                    return (layer, report, isKnown: false)
                }
            }
            for _ in 0..<(sequence == nil ? min(workers, waiting.count) : 1) { begin() }
            for await read in group {
                for place in reports.places(of: read.layer) {
                    let isRepeated = place != read.layer
                    progress(
                        .layerRead(
                            read.report.outline(of: place, isKnown: read.isKnown, isRepeated: isRepeated)))
                }
                reports.add(read.report, on: read.layer)
                begin()
            }
        }
        return reports.inspected
    }
}
