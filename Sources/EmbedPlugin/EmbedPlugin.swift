import Foundation
import PackagePlugin

/// Runs `EmbedTool` over a target's own folder, so that its data files become part of the binary.
@main
struct EmbedPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        let folder = target.directoryURL
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        let inputs = paths.filter { !$0.hasSuffix(".swift") }.map { folder.appending(path: $0) }
        return [
            .buildCommand(
                displayName: "Embedding \(target.name)",
                executable: try context.tool(named: "EmbedTool").url,
                arguments: [folder.path, output.path],
                inputFiles: inputs,
                outputFiles: [output])
        ]
    }
}
