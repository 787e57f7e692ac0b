/// The folder that the package lies in, found from where this file was compiled.
package enum RepositoryRoot {
    package static let path: String = {
        let components = #filePath.split(separator: "/").dropLast(3)
        return "/" + components.joined(separator: "/")
    }()

    /// The path of a file of the repository.
    package static func file(_ name: String) -> String { path + "/" + name }
}
