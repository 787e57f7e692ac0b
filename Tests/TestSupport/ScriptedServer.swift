internal import FoundationEssentials

/// A server on the loopback interface that answers as a test wants, and remembers what it was asked.
package struct ScriptedServer: Sendable {
    package let port: Int
    private let folder: ScratchFolder
    private let service: Service

    /// One request as it came.
    package struct Request: Decodable, Sendable {
        package let method: String
        package let path: String
        /// By name in lower case.
        package let headers: [String: String]
        package let form: String
    }

    /// Starts it with `script`, whose language `Tests/Servers/scripted.py` explains, and `files` to serve.
    package init(
        _ script: String, files: [String: [UInt8]] = [:], certificate: (file: String, key: String)? = nil
    ) throws {
        let folder = try ScratchFolder()
        try folder.write(script, to: "script.json")
        for (name, bytes) in files { try folder.write(bytes, to: name) }
        var arguments = [RepositoryRoot.file("Tests/Servers/scripted.py"), folder.path]
        if let certificate { arguments += [certificate.file, certificate.key] }
        let file = folder.file("port")
        service = try Service("python3", arguments, log: folder.file("log")) {
            FileManager.default.fileExists(atPath: file)
        }
        guard let port = Int(String(decoding: try folder.read("port"), as: UTF8.self)) else {
            throw ProgramRunner.Failure(description: "the scripted server says no port")
        }
        self.port = port
        self.folder = folder
    }

    /// Changes what it answers from now on.
    package func follow(_ script: String) throws { try folder.write(script, to: "script.json") }

    /// What it was asked so far.
    package func requests() throws -> [Request] {
        guard let bytes = try? folder.read("requests") else { return [] }
        return try bytes.split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Request.self, from: Data($0))
        }
    }
}
