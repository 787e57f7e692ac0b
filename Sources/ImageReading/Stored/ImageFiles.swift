internal import Archives

/// The files that make up a stored image, wherever they are: a folder, or a tar file.
protocol ImageFiles: Sendable {
    /// What errors name.
    var place: String { get }
    func contains(_ name: String) -> Bool
    func size(of name: String) throws(ImageError) -> Int
    func open(_ name: String) throws(ImageError) -> any ByteSource
}
