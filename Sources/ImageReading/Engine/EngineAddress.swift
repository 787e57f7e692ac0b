internal import Glibc
internal import HTTP

/// Where an engine listens, as `DOCKER_HOST` writes it.
enum EngineAddress: Hashable, Sendable {
    case socket(path: String)
    /// `http://host:port`, on this machine.
    case loopback(HTTPAddress)

    /// What keeps an address from being used, in words.
    struct Refusal: Error, Hashable {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    init(_ text: String) throws(Refusal) {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Refusal("is no address such as unix:///var/run/docker.sock") }
        switch parts[0] {
        case "unix":
            guard parts[1].hasPrefix("/") else { throw Refusal("names a socket without its whole path") }
            self = .socket(path: String(parts[1]))
        case "tcp", "http":
            self = .loopback(try Self.loopback(parts[1]))
        default:
            throw Refusal(
                "\(parts[0]) is not spoken: engines are reached by unix://, or by tcp:// on this machine")
        }
    }

    /// Docker's port without TLS where none is given.
    private static func loopback(_ rest: Substring) throws(Refusal) -> HTTPAddress {
        let authority = rest.prefix { $0 != "/" }
        let hasPort = authority.contains(":") && authority.last != "]"
        guard let address = try? HTTPAddress("http://\(authority)\(hasPort ? "" : ":2375")") else {
            throw Refusal("is no valid address")
        }
        guard address.isLoopback else {
            throw Refusal(
                "is another machine, which tcp:// reaches without encryption or proof of who answers")
        }
        return address
    }

    /// Why a socket cannot be connected to: libcurl calls every reason no connection.
    func check() throws(Refusal) {
        guard case .socket(let path) = self else { return }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw Refusal(errno == ENOENT ? "does not exist" : "cannot be reached: \(Self.systemError())")
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw Refusal("is no socket") }
        guard unsafe access(path, R_OK | W_OK) == 0 else {
            throw Refusal("cannot be reached: \(Self.systemError())")
        }
    }

    private static func systemError() -> String {
        unsafe strerror(errno).map { unsafe String(cString: $0).lowercased() } ?? "error \(errno)"
    }
}
