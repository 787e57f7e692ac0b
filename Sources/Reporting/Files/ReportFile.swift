internal import Glibc

/// One file on disk, through the system's own calls, so that every failure is seen and named.
enum ReportFile {
    /// Writes a new file of what `content` hands on; `shownAs` is the path that an error names.
    static func write(
        to path: String, shownAs place: String, _ content: (ReportSink) throws(ReportError) -> Void
    ) throws(ReportError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failed(place) }
        do throws(ReportError) {
            try content { (bytes) throws(ReportError) in
                try append(bytes, to: descriptor, shownAs: place)
            }
        } catch {
            close(descriptor)
            throw error
        }
        // A full disk may show only here.
        guard close(descriptor) == 0 else { throw failed(place) }
    }

    private static func append(
        _ bytes: ArraySlice<UInt8>, to descriptor: Int32, shownAs place: String
    ) throws(ReportError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed(place) }
            rest = rest.dropFirst(count)
        }
    }

    static func rename(_ path: String, to place: String) throws(ReportError) {
        guard unsafe Glibc.rename(path, place) == 0 else { throw failed(place) }
    }

    /// Whether something is there that is no file: a device, a pipe, or a link to one, which a report would take the place of.
    static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
    }

    static func remove(_ path: String) { _ = unsafe unlink(path) }

    static func removeFolder(_ path: String) { _ = unsafe rmdir(path) }

    /// Why the folder could not be made, or nil where it was.
    static func makeFolder(_ path: String) -> String? {
        unsafe mkdir(path, 0o755) == 0 ? nil : lastReason
    }

    private static func failed(_ place: String) -> ReportError {
        ReportError(code: .write, place: place, reason: "could not be written", underlying: lastReason)
    }

    private static var lastReason: String { unsafe String(cString: strerror(errno)).lowercased() }
}
