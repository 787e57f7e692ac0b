internal import Archives
internal import Cryptography
internal import Foundation
internal import ImageWriting

/// Builds the demo image.
@main
struct DemoImage {
    static func main() {
        do {
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
            try run(arguments)
        } catch let mistake as Arguments.Mistake {
            fail("\(mistake)\n\n\(Arguments.usage)", status: 64)
        } catch {
            fail("\(error)\n", status: 3)
        }
    }

    private static func run(_ arguments: Arguments) throws {
        guard !arguments.wantsHelp else {
            print(Arguments.usage, terminator: "")
            return
        }
        if arguments.printsSecrets { print(try DemoSecrets().all.joined(separator: "\n")) }
        guard let destination = arguments.destination else { return }
        let image = try LedgerAgentImage(compression: arguments.compression).build()
        try ImageBundle(image, name: LedgerAgentImage.name).write(to: destination, as: arguments.format)
    }

    private static func fail(_ message: String, status: Int32) -> Never {
        FileHandle.standardError.write(Data("demo-image: \(message)".utf8))
        exit(status)
    }
}
