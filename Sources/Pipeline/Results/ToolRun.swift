import Foundation
import Cryptography
package import Model

/// Runs another tool and keeps what it writes, with a receipt.
package enum ToolRun {
    /// The exit status of `command`, of which what it writes to standard output went to `output`; 128 and the signal where
    /// one ended it.
    ///
    /// Nothing of the command but the tool's name is kept: arguments may hold credentials.
    package static func run(
        _ command: [String], tool: String, output path: String, now: () -> Instant
    ) throws(AuditError) -> Int {
        // A device, a pipe or a link would be replaced by the file.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        guard type == nil || type == .typeRegular else {
            throw AuditError(
                code: .unwritableOutput, place: path,
                reason: "cannot be written: it is no file, and none is made in its place")
        }
        let receiptPath = RunReceipt.path(for: path)
        // An old receipt must not be taken for one of this run.
        try? FileManager.default.removeItem(atPath: receiptPath)
        guard
            FileManager.default.createFile(
                atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: target)
        else { throw AuditError(code: .unwritableOutput, place: path, reason: "cannot be written") }
        // Not by way of a shell or `env`, whose word for a tool that is not there would pass for the tool's own.
        let name = command.first ?? ""
        guard let program = program(name) else {
            let isThere = name.contains("/") && FileManager.default.fileExists(atPath: name)
            throw unrunnable(name, isThere ? "it is no file that may be run" : "there is no such program")
        }
        // How a program ended is told to nobody who ignores it, as some that start us do.
        signal(SIGCHLD, SIG_DFL)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = Array(command.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        let started = now()
        do {
            try process.run()
        } catch {
            throw unrunnable(name, FileFailure.words(error))
        }
        var hasher = SHA256Hasher()
        do {
            while let piece = try pipe.fileHandleForReading.read(upToCount: 256 << 10), !piece.isEmpty {
                hasher.update(Array(piece).span)
                try file.write(contentsOf: piece)
            }
            try file.close()
        } catch {
            process.terminate()
            throw AuditError(code: .unwritableOutput, place: path, reason: FileFailure.words(error))
        }
        process.waitUntilExit()
        let status = Int(process.terminationStatus) + (process.terminationReason == .uncaughtSignal ? 128 : 0)
        try write(
            RunReceipt(
                tool: tool, exitStatus: status, started: started, ended: now(),
                output: Digest(sha256: hasher.finish())), to: receiptPath)
        return status
    }

    /// What is said of a program that could not be run; of a variable before it, as a shell takes them, its name alone.
    private static func unrunnable(_ name: String, _ reason: String) -> AuditError {
        let shown = name.firstIndex(of: "=").map { name[...$0] + "…" } ?? name[...]
        return AuditError(
            code: .unrunnableTool, place: String(shown), reason: "could not be run: \(reason)")
    }

    /// The file that a shell would run for `name`; nil where there is none.
    private static func program(_ name: String) -> String? {
        guard !name.contains("/") else { return isProgram(name) ? name : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            .split(separator: ":", omittingEmptySubsequences: false)
        return folders.lazy.map { ($0.isEmpty ? "." : $0) + "/" + name }.first(where: isProgram)
    }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
            && FileManager.default.isExecutableFile(atPath: path)
    }

    private static func write(_ receipt: RunReceipt, to path: String) throws(AuditError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let document: Data
        do {
            document = try encoder.encode(receipt)
        } catch {
            throw AuditError(code: .unwritableOutput, place: path, reason: FileFailure.words(error))
        }
        try Publication.save(Array(document) + [UInt8(ascii: "\n")], to: path)
    }
}
