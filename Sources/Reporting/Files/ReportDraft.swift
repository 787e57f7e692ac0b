internal import Glibc

/// A report on its way into a folder: whole before it has its name, and gone with the process that writes it.
///
/// Where the file system knows no files without a name it has a hidden one meanwhile, which a process that is
/// killed leaves behind.
final class ReportDraft: Sendable {
    private let descriptor: Int32
    private let hiddenName: String
    private let isUnnamed: Bool
    /// The path that it will have.
    let place: String

    /// Writes what `content` hands on, for `name` in `folder`.
    init(
        _ name: String, in folder: String, _ content: (ReportSink) throws(ReportError) -> Void
    ) throws(ReportError) {
        place = "\(folder)/\(name)"
        hiddenName = "\(folder)/.\(name).partial-\(getpid())"
        try Self.checkFree(place)
        let unnamed = Self.openUnnamed(in: folder)
        isUnnamed = unnamed != nil
        descriptor =
            unsafe unnamed ?? open(hiddenName, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failed() }
        try content { (bytes) throws(ReportError) in try append(bytes) }
        // A full disk may show only when a descriptor is closed; this one is needed still.
        let copy = dup(descriptor)
        guard copy >= 0, close(copy) == 0 else { throw failed() }
    }

    deinit {
        if !isUnnamed { _ = unsafe unlink(hiddenName) }
        close(descriptor)
    }

    /// Puts it at its place, instead of what is there.
    func publish() throws(ReportError) {
        if isUnnamed {
            // Left by one who was killed between the two calls below, in a process of the same number.
            _ = unsafe unlink(hiddenName)
            let own = "/proc/self/fd/\(descriptor)"
            guard unsafe linkat(AT_FDCWD, own, AT_FDCWD, hiddenName, AT_SYMLINK_FOLLOW) == 0 else {
                throw failed()
            }
        }
        guard unsafe rename(hiddenName, place) == 0 else {
            let error = failed()
            _ = unsafe unlink(hiddenName)
            throw error
        }
    }

    /// Takes it away again.
    func withdraw() { _ = unsafe unlink(place) }

    /// Whether there is a file at `path`.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func openUnnamed(in folder: String) -> Int32? {
        // Its name is given through here, which a container need not have.
        guard unsafe access("/proc/self/fd", X_OK) == 0 else { return nil }
        // Linux's O_TMPFILE, whose macro Swift does not take over.
        let unnamed = 0o20_000_000 | O_DIRECTORY
        let descriptor = unsafe open(folder, O_WRONLY | unnamed | O_CLOEXEC, 0o644)
        return descriptor < 0 ? nil : descriptor
    }

    private func append(_ bytes: ArraySlice<UInt8>) throws(ReportError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed() }
            rest = rest.dropFirst(count)
        }
    }

    private func failed() -> ReportError {
        ReportError(
            code: .write, place: place, reason: "could not be written",
            underlying: unsafe String(cString: strerror(errno)).lowercased())
    }

    private static func checkFree(_ path: String) throws(ReportError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return }
        let occupant: String? =
            switch status.st_mode & S_IFMT {
            case S_IFREG: nil
            case S_IFDIR: "a folder of that name is in the way"
            // Or a link to one, which a report would take the place of.
            default: "it is a device or a pipe, and no file"
            }
        if let occupant {
            throw ReportError(code: .occupied, place: path, reason: "could not be written: \(occupant)")
        }
    }
}
