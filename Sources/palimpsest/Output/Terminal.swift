import Foundation
import Glibc

/// The terminal behind standard error, where there is one.
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

    /// As wide as it is now; `COLUMNS`, or 80, where it does not know.
    static func columns() -> Int {
        var size = winsize()
        if unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
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
