package import Model

/// Reads other tools' results: streams of any size, in bounded memory, and without a trace of the secrets in them.
///
/// # How it works
/// The beginning of a file tells whose it is (``ContentSketch``). An ``Importer`` then reads it record by record through
/// ``JSONReader``, ``RecordLines`` or ``XMLFeed``, and what it understands goes into an ``ImportLog``, which fingerprints
/// secrets at once. A record that cannot be understood costs that record; a file that ends too early is kept as far as it
/// goes, and says so. What comes out is not about any image yet: binding it to one is the pipeline's work.
package enum ResultReader {
    /// Why there are no results at all.
    package enum Refusal: Error, Hashable, Sendable {
        case unreadable(ImportError)
        case empty
        /// A list without elements, as several tools write it.
        case anonymousList
        case unknown
    }

    /// The results that `next` gives piece by piece, an empty piece at the end; in `format`, or in that of their content.
    ///
    /// `mapping` tells what their words mean.
    package static func read(
        format: String?, mapping: ResultMapping, from next: @escaping () throws(ImportError) -> [UInt8],
        fingerprint: @escaping @Sendable ([UInt8]) -> Fingerprint
    ) throws(Refusal) -> ImportedResults {
        var beginning: [UInt8] = []
        var isWhole = false
        do throws(ImportError) {
            while beginning.count < ContentSketch.size, !isWhole {
                let piece = try next()
                isWhole = piece.isEmpty
                beginning += piece
            }
        } catch {
            throw .unreadable(error)
        }
        let sketch = ContentSketch(beginning)
        let importer = try importer(format, for: sketch)
        var isTaken = false
        let feed = ByteFeed { () throws(ImportError) in
            if isTaken { return isWhole ? [] : try next() }
            isTaken = true
            return beginning
        }
        var log = ImportLog(importer, fingerprint: fingerprint)
        log.results.isBlank = sketch.form == .empty
        log.results.likeness = likeness(sketch, to: importer)
        if let other = log.results.likeness { log.addTrouble("looks like a file of format \(other)") }
        do throws(ImportError) {
            try importer.read(feed, into: &log)
        } catch {
            log.results.failure = error
            log.results.provides.formUnion(importer.reach)
        }
        return log.finish(mapping)
    }

    /// The format that a file looks like, where it does not look like that which it is said to be of.
    private static func likeness(_ sketch: ContentSketch, to importer: any Importer) -> String? {
        guard !importer.recognises(sketch) else { return nil }
        return Importers.all.first { $0.recognises(sketch) }?.id
    }

    private static func importer(
        _ format: String?, for sketch: ContentSketch
    ) throws(Refusal) -> any Importer {
        if let format {
            guard let importer = Importers.all.first(where: { $0.id == format }) else { throw .unknown }
            return importer
        }
        if sketch.form == .empty { throw .empty }
        if let importer = Importers.all.first(where: { $0.recognises(sketch) }) { return importer }
        throw sketch.isEmptyList || sketch.form == .null ? .anonymousList : .unknown
    }
}
