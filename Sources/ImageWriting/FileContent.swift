/// What is in a file of a layer.
package enum FileContent: Sendable {
    case bytes([UInt8])
    /// This many bytes, asked for in pieces from the start when the layer is written, so that none is held.
    ///
    /// The closure gets the offset and the most bytes wanted, and returns at least one; it may be asked for the
    /// same bytes again, since a layer is written once for every image that has it.
    case generated(size: Int, next: @Sendable (_ offset: Int, _ most: Int) -> [UInt8])

    var size: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .generated(let size, _): size
        }
    }
}
