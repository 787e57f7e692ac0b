import Foundation
import Glibc

/// The terminal behind standard error or standard output, where there is one.
enum Terminal {
    /// Goes to the start of the line and erases all of it.
    static let erasure = "\r\u{1b}[K"

    /// What somebody types without seeing it; nil where there is nobody at a terminal, or where nothing is typed.
    static func secret(_ question: String) -> [UInt8]? {
        guard isatty(STDERR_FILENO) == 1, isatty(STDIN_FILENO) == 1 else { return nil }
        guard let typed = unsafe getpass(question) else { return nil }
        let count = unsafe strlen(typed)
        defer { unsafe explicit_bzero(typed, count) }
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: typed, count: count))
        return bytes.isEmpty ? nil : bytes
    }

    /// How wide lines for people may be on standard output; nil where that is no terminal.
    static var outputColumns: Int? { lineColumns(STDOUT_FILENO) }

    /// How wide lines for people may be on standard error; nil where that is no terminal.
    static var errorColumns: Int? { lineColumns(STDERR_FILENO) }

    /// In fewer columns than the least nothing can be read, however it is broken.
    private static func lineColumns(_ descriptor: CInt) -> Int? {
        isatty(descriptor) == 1 ? max(columns(of: descriptor), leastColumns) : nil
    }

    private static let leastColumns = 40

    /// As wide as it is now; `COLUMNS`, or 80, where it does not know.
    static func columns(of descriptor: CInt = STDERR_FILENO) -> Int {
        var size = winsize()
        if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            return Int(size.ws_col)
        }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) ?? 80
    }

    /// Makes a signal that ends the program erase the line first; signals that are ignored stay so.
    static func eraseLineOnInterrupt() {
        let ignored = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let previous = signal(number) { number in
                // Only calls that may be made at any moment: nothing that allocates or locks.
                let erasure: StaticString = "\r\u{1b}[K"
                _ = unsafe write(STDERR_FILENO, erasure.utf8Start, erasure.utf8CodeUnitCount)
                _ = signal(number, SIG_DFL)
                raise(number)
            }
            if unsafe unsafeBitCast(previous, to: Int.self) == ignored { _ = signal(number, SIG_IGN) }
        }
    }
}
