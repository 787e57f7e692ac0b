internal import Foundation
internal import Glibc

/// Runs a program whose standard error is a terminal, and its standard output if asked for, and keeps all that was written.
package enum PseudoTerminal {
    package struct Outcome: Sendable {
        /// The exit status; 128 + the signal where one ended the program.
        package let status: Int
        /// What went to standard output where that is no terminal.
        package let output: String
        /// What went to the terminal, in the order it came.
        package let written: String

        /// What is still to be seen on the terminal, line by line, without the empty ones.
        package var remains: [String] {
            written.replacing("\r\n", with: "\n").split(separator: "\n").compactMap { line in
                let rest = line.components(separatedBy: "\r\u{1b}[K").last ?? ""
                return rest.isEmpty ? nil : rest
            }
        }

        /// Each state of the line that is drawn anew.
        package var drawn: [String] {
            written.components(separatedBy: "\r\u{1b}[K").dropFirst().filter { !$0.isEmpty }
        }
    }

    /// `width` is nil for a terminal that does not know its own; `showsOutput` sends standard output there too; `isEnough`
    /// interrupts the program once it holds.
    package static func run(
        _ program: ProgramRunner, _ arguments: [String], environment: [String: String], width: Int?,
        workingFolder: String, showsOutput: Bool = false,
        interruptWhen isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
    ) throws -> Outcome {
        let (primary, secondary) = try open(width: width)
        let scratch = try ScratchFolder()
        let process = Process()
        process.executableURL = URL(filePath: program.executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: workingFolder)
        var settings = ["LC_ALL": "C", "TERM": "xterm", "HOME": scratch.path]
        for name in ["PATH", "LD_LIBRARY_PATH"] { settings[name] = ProcessInfo.processInfo.environment[name] }
        process.environment = settings.merging(environment) { _, given in given }
        process.standardInput = FileHandle.nullDevice
        let terminal = FileHandle(fileDescriptor: secondary, closeOnDealloc: false)
        let file = try FileHandle(forWritingTo: URL(filePath: try scratch.write([], to: "output")))
        process.standardOutput = showsOutput ? terminal : file
        process.standardError = terminal
        try process.run()
        // The terminal ends when nobody has it open any more.
        close(secondary)
        defer { close(primary) }
        var written: [UInt8] = []
        var isInterrupted = false
        while let piece = read(primary) {
            written += piece
            guard !isInterrupted, isEnough(String(decoding: written, as: UTF8.self)) else { continue }
            isInterrupted = true
            kill(process.processIdentifier, SIGINT)
        }
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return Outcome(
            status: Int(process.terminationStatus) + (isSignal ? 128 : 0),
            output: String(decoding: try scratch.read("output"), as: UTF8.self),
            written: String(decoding: written, as: UTF8.self))
    }

    private static func open(width: Int?) throws -> (primary: CInt, secondary: CInt) {
        // The library's own calls for this are not to be had in Swift; these are the requests that they make.
        let unlock: UInt = 0x4004_5431
        let getNumber: UInt = 0x8004_5430
        let primary = unsafe Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var isLocked: CInt = 0
        var number: CInt = 0
        guard primary >= 0, unsafe ioctl(primary, unlock, &isLocked) == 0,
            unsafe ioctl(primary, getNumber, &number) == 0
        else { throw ProgramRunner.Failure(description: "no pseudo-terminal") }
        let secondary = unsafe Glibc.open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard secondary >= 0 else { throw ProgramRunner.Failure(description: "no pseudo-terminal") }
        var size = winsize(ws_row: 24, ws_col: UInt16(width ?? 0), ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(primary, UInt(TIOCSWINSZ), &size)
        return (primary, secondary)
    }

    private static func read(_ descriptor: CInt) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }
}
