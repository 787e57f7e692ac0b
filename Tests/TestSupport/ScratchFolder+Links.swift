internal import FoundationEssentials

extension ScratchFolder {
    /// Removes a file inside.
    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: file(name)) }

    /// Makes a symbolic link inside, to wherever `target` says.
    package func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: file(name), withDestinationPath: target)
    }
}
