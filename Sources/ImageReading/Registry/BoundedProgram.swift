internal import Glibc

/// Runs a program that is not trusted to end, or to stop writing.
struct BoundedProgram {
    struct Failure: Error, CustomStringConvertible { let description: String }

    struct Outcome {
        /// 128 + the signal where one ended it.
        let status: Int
        let output: [UInt8]
    }

    let path: String
    let arguments: [String]
    let environment: [String: String]

    /// What it writes when given `input`, which must fit a pipe; it and its children are killed when it takes too long.
    func run(input: [UInt8], outputLimit: Int, timeLimit: Duration) throws(Failure) -> Outcome {
        // How a program ended is told to nobody who ignores it, as some that start us do.
        signal(SIGCHLD, SIG_DFL)
        let toProgram = try Pipe()
        let fromProgram = try Pipe()
        // Written while our own end for reading is open, so that a program that does not read cannot hurt us.
        guard input.count <= 4_096, unsafe write(toProgram.writing, input, input.count) == input.count else {
            throw Failure(description: "cannot be given its input")
        }
        toProgram.closeWriting()
        let process = try start(reading: toProgram.reading, writing: fromProgram.writing)
        fromProgram.closeWriting()
        let deadline = ContinuousClock.now + timeLimit
        do throws(Failure) {
            let output = try Self.read(fromProgram.reading, limit: outputLimit, until: deadline)
            return Outcome(status: try Self.end(of: process, until: deadline), output: output)
        } catch {
            kill(-process, SIGKILL)
            _ = waitpid(process, nil, 0)
            throw error
        }
    }

    private func start(reading input: CInt, writing output: CInt) throws(Failure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
        // A group of its own, so that its children end with it.
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words = CStrings([path] + arguments)
        let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
        var process: pid_t = 0
        let status = unsafe posix_spawn(
            &process, path, &actions, &attributes, words.pointers, variables.pointers)
        guard status == 0 else { throw Failure(description: "cannot be started") }
        return process
    }

    private static func read(
        _ descriptor: CInt, limit: Int, until deadline: ContinuousClock.Instant
    ) throws(Failure) -> [UInt8] {
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let left = deadline - .now
            guard left > .zero else { throw Failure(description: "took too long") }
            var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = left.components.seconds * 1_000 + 1
            guard unsafe poll(&event, 1, CInt(clamping: milliseconds)) > 0 else { continue }
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return output }
            output += piece.prefix(count)
            guard output.count <= limit else { throw Failure(description: "wrote too much") }
        }
    }

    private static func end(of process: pid_t, until deadline: ContinuousClock.Instant) throws(Failure)
        -> Int
    {
        var status: CInt = 0
        while true {
            let ended = unsafe waitpid(process, &status, WNOHANG)
            if ended == process { break }
            guard ended == 0 || errno == EINTR else {
                throw Failure(description: "ended, and nobody knows how")
            }
            guard ContinuousClock.now < deadline else { throw Failure(description: "took too long") }
            usleep(5_000)
        }
        let signal = status & 0x7f
        return Int(signal == 0 ? (status >> 8) & 0xff : 128 + signal)
    }
}

/// Two ends of a pipe that no program we start inherits.
private final class Pipe {
    let reading: CInt
    private(set) var writing: CInt

    init() throws(BoundedProgram.Failure) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw BoundedProgram.Failure(description: "cannot be given a pipe")
        }
        reading = ends[0]
        writing = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        closeWriting()
        close(reading)
    }

    func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }
}

/// Texts as C wants a list of them.
@safe private final class CStrings {
    private(set) var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) { unsafe pointers = texts.map { unsafe strdup($0) } + [nil] }

    deinit {
        for index in unsafe pointers.indices { unsafe free(pointers[index]) }
    }
}
