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
        let receiptPath = RunReceipt.path(for: path)
        // An old receipt must not be taken for one of this run.
        try? FileManager.default.removeItem(atPath: receiptPath)
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw AuditError(code: .unwritableOutput, place: path, reason: "cannot be written") }
        let process = Process()
        // `env` finds the program by PATH, as a shell does.
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["--"] + command
        let pipe = Pipe()
        process.standardOutput = pipe
        let started = now()
        do {
            try process.run()
        } catch {
            throw AuditError(
                code: .unrunnableTool, place: tool, reason: "could not be run: \(FileFailure.words(error))")
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

    private static func write(_ receipt: RunReceipt, to path: String) throws(AuditError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        do {
            try (encoder.encode(receipt) + Data("\n".utf8)).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw AuditError(code: .unwritableOutput, place: path, reason: FileFailure.words(error))
        }
    }
}
