import Archives
import Detection
import Model

/// Inspects the files of a layer: the thread that reads the layer does, and others beside it where there are any.
///
/// What a file held is the same whoever inspected it. Only those files are handed on of which that is sure: not too large
/// to be kept until somebody comes to it, no database that is told of together with the next file, and nothing that
/// takes much memory to be taken apart.
final class FileCrew {
    /// What one file held, or who inspects it.
    enum Outcome {
        case inspected(FileInspection.Result)
        case handed(HandedFile)
    }

    /// Smaller files are inspected in the time that handing them on takes.
    private static let smallest = 1 << 10
    private static let largest = 512 << 10
    /// So many bytes tell a database.
    private static let beginning = 64
    /// So many bytes of files are kept.
    private static let room = 4 << 20

    let files: FileInspection
    private let inspectors: FileInspectors
    /// Bytes of files that were handed on and not fetched yet.
    private var kept = 0
    /// Files that are handed on together: waking a thread takes as long as looking at a small one.
    private var batch: [HandedFile] = []
    private var batchSize = 0
    private static let largestBatch = 64 << 10

    /// Inspects with `files`, and with so many threads besides.
    init(_ files: FileInspection, inspectors: Int, detectors: DetectorSet) {
        self.files = files
        self.inspectors = FileInspectors(inspectors, detectors: detectors)
    }

    /// Reads one entry of a layer to its end; throws a ``FileInspection/CutFile`` where the layer's own reader throws.
    ///
    /// A database stays in memory until its log has come. As that leaves less of it for others, the files before it are
    /// waited for first, with `settle`, and those between the two are not handed on.
    func inspect(
        _ entry: FileEntry, content: any ByteSource, settle: () throws -> Void
    ) throws -> Outcome {
        files.pass(entry)
        guard !inspectors.isEmpty else {
            return .inspected(try files.inspectAlone(entry, content: content))
        }
        let isSmall = isSmall(entry) && files.heldDatabase == nil && !files.packages.begin(entry.path)
        let (bytes, failure) = content.readBeginning(isSmall ? entry.size + 1 : Self.beginning)
        let form = FileForm(bytes.span)
        guard isSmall, failure == nil, bytes.count <= entry.size, Self.isHandedOn(form) else {
            if form == .database { try settle() }
            let rest = failure.map(BrokenByteSource.init) ?? content
            return .inspected(
                try files.inspectAlone(entry, content: PrefixedByteSource(prefix: bytes, rest: rest)))
        }
        let file = HandedFile(entry, bytes)
        kept += file.size
        batch.append(file)
        batchSize += file.size
        if batchSize >= Self.largestBatch { handOn() }
        return .handed(file)
    }

    private func handOn() {
        inspectors.hand(batch)
        batch = []
        batchSize = 0
    }

    /// What `outcome` comes to, once; with `isAwaited` in any case, else nil as long as it is not known.
    func result(of outcome: Outcome, isAwaited: Bool) throws -> FileInspection.Result? {
        switch outcome {
        case .inspected(let result): return result
        case .handed(let file):
            // What nobody has begun is taken back.
            if isAwaited, file.begin() { file.end(nil) }
            if isAwaited { inspectors.wait(for: file) }
            guard file.isEnded else { return nil }
            let result = try inspectors.fetch(file) ?? files.inspectAlone(file.entry, content: file.content)
            kept -= file.size
            return result
        }
    }

    private func isSmall(_ entry: FileEntry) -> Bool {
        entry.kind == .file && entry.extendedAttributes.isEmpty
            && (Self.smallest...Self.largest).contains(entry.size)
            && kept + entry.size <= Self.room
    }

    private static func isHandedOn(_ form: FileForm) -> Bool {
        switch form {
        case .other, .program, .compiledPython, .zlibStream, .archive(.gzip, _): true
        // What is taken apart needs rooms for what is in it, which one thread has in any case.
        case .archive, .gitPack, .gitBundle, .revisionLog, .picture, .document, .compiledErlang, .database,
            .databaseLog, .coreDump,
            .unopened:
            false
        }
    }
}
