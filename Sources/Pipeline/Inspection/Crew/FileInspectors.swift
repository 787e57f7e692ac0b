import Archives
import Detection
import Dispatch
import Synchronization

/// Threads that inspect the files which they are handed.
///
/// They have no memory for decompressors and keep nothing from one file to the next. A file that wants either, and any
/// while nobody fetches what the ones before it held, they return as it is.
final class FileInspectors {
    /// What the threads share with the one that hands out.
    private final class Desk: Sendable {
        let files = Handover<[HandedFile]?>()
        let ended = DispatchSemaphore(value: 0)
        /// About how many bytes of results were not fetched yet.
        let unfetched = Atomic(0)
    }

    private let desk = Desk()
    private let threads: [WorkThread]

    /// Starts so many, or as many as the system has room for, which leave about `resultLimit` bytes of results lying about.
    init(_ count: Int, detectors: DetectorSet, resultLimit: Int = 4 << 20) {
        threads = (0..<count).compactMap { [desk] _ in
            WorkThread.start { Self.work(at: desk, detectors, resultLimit) }
        }
    }

    deinit {
        for _ in threads { desk.files.put(nil) }
        for thread in threads { thread.join() }
    }

    var isEmpty: Bool { threads.isEmpty }

    func hand(_ files: [HandedFile]) { desk.files.put(files) }

    /// Waits until a file that somebody began is ended.
    func wait(for file: HandedFile) {
        while !file.isEnded { desk.ended.wait() }
    }

    /// What a file that is ended held, once; nil where it was returned.
    func fetch(_ file: HandedFile) -> FileInspection.Result? {
        guard let result = file.result else { return nil }
        desk.unfetched.subtract(result.weight, ordering: .relaxed)
        return result
    }

    private static func work(at desk: Desk, _ detectors: DetectorSet, _ resultLimit: Int) {
        let memory = DecoderMemory.none()
        let inspection = FileInspection(detectors: detectors, memory: memory)
        while let files = desk.files.take() {
            for file in files where file.begin() {
                var result: FileInspection.Result?
                if desk.unfetched.load(ordering: .relaxed) < resultLimit {
                    // What fails here fails there as well, and is told of there.
                    result = try? inspection.inspect(file.entry, content: file.content)
                    if memory.takeRefusal() { result = nil }
                }
                desk.unfetched.add(result?.weight ?? 0, ordering: .relaxed)
                file.end(result)
                desk.ended.signal()
            }
        }
    }
}
