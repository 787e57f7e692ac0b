import Foundation
import Pipeline

/// Standard output and standard error, as a person or a program reads them.
enum Console {
    /// Whether colour and progress are wanted on this stream.
    static func isTerminal(_ stream: FileHandle) -> Bool {
        isatty(stream.fileDescriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    static var wantsColour: Bool {
        isTerminal(.standardOutput) && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Says a line as it is: for programs, or a path.
    static func say(_ line: String) throws(AuditError) { try write(Data((line + "\n").utf8)) }

    /// Says something to people: on a terminal, in lines no longer than fit it.
    static func tell(_ text: String) throws(AuditError) {
        try say(Terminal.outputColumns.map { laid(text, within: $0) } ?? text)
    }

    private static func laid(_ text: String, within columns: Int) -> String {
        text.components(separatedBy: "\n").flatMap { Columns.lines(of: $0, within: columns) }
            .joined(separator: "\n")
    }

    /// Writes to standard output; a reader that went away ends the run quietly with the system's own signal.
    static func write(_ data: Data) throws(AuditError) {
        do {
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            throw AuditError(
                code: .unwritableOutput, place: "standard output",
                reason: "cannot be written: \(FileFailure.words(error))")
        }
    }

    /// Writes to standard error; where that cannot be done there is nobody to tell.
    static func note(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// Tells of something that is no error.
    static func warn(_ text: String) { note(advised("warning: \(plain(text))\n")) }

    /// Tells of an error and what to do about it; whoever checks a document is not told to check it.
    static func complain(_ error: AuditError, whileChecking isCheck: Bool = false) {
        var text = error.isListing ? "\(error)\n" : "error: \(error)\n"
        if !isCheck || !Hints.isCheck(error.code), let hint = Hints.hint(for: error) {
            text += "help: \(hint)\n"
        }
        note(advised(plain(text)))
    }

    /// The same with lines that fit the terminal on standard error; excerpts of sources stand further in, and stay as they are.
    private static func advised(_ text: String) -> String {
        guard let columns = Terminal.errorColumns else { return text }
        return text.components(separatedBy: "\n").map { $0.hasPrefix(" ") ? $0 : laid($0, within: columns) }
            .joined(separator: "\n")
    }

    /// Names of files and images may hold what a terminal acts on.
    static func plain(_ text: String) -> String {
        let shown = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
            return isControl || scalar.properties.isBidiControl ? "\u{fffd}" : scalar
        }
        return String(String.UnicodeScalarView(shown))
    }
}
