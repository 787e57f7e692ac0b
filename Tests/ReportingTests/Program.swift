import Foundation

/// Another program, run to check our output with; nil where the machine does not have it.
enum Program {
    struct Result {
        let status: Int32
        let output: String
    }

    static func run(_ name: String, _ arguments: [String]) throws -> Result? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let folders = path.split(separator: ":").map(String.init)
        guard
            let folder = folders.first(where: {
                FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
            })
        else { return nil }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "\(folder)/\(name)")
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }
}
