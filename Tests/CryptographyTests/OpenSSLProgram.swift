import Foundation
import Testing

/// The `openssl` program, which makes keys and certificates that we did not.
enum OpenSSLProgram {
    /// A folder in which `commands`, each a list of arguments, were run one after another; removed afterwards.
    static func run<Result>(_ commands: [String], _ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "openssl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try run(commands, in: folder)
        return try body(folder)
    }

    /// Runs `commands` one after another in `folder`.
    static func run(_ commands: [String], in folder: URL) throws {
        for command in commands {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = command.split(separator: " ").map(String.init)
            process.currentDirectoryURL = folder
            process.standardError = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "\(command)")
        }
    }

    /// The content of the file named `name` that `commands` made.
    static func make(_ name: String, _ commands: String...) throws -> [UInt8] {
        try run(commands) { folder in try content(of: name, in: folder) }
    }

    static func content(of name: String, in folder: URL) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func write(_ bytes: [UInt8], to name: String, in folder: URL) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }
}
