internal import Archives

/// The files that make up a stored image, wherever they are: a folder, or a tar file.
protocol ImageFiles: Sendable {
    /// What errors name.
    var place: String { get }
    func contains(_ name: String) -> Bool
    func size(of name: String) throws(ImageError) -> Int
    func open(_ name: String) throws(ImageError) -> any ByteSource
    /// What the file's first bytes say of its compression.
    func compression(of name: String) throws(ImageError) -> Compression
    /// Where a file stands in a stream that is best read in its own order; nil where any order costs the same.
    func ordinal(of name: String) -> Int?
}
