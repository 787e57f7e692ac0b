import Cryptography
import Foundation
import Model
import ResultImporting

/// A file of results while it is read, piece by piece, with the digest of all of it.
final class ResultStream {
    private static let pieceSize = 256 << 10

    private let file: FileHandle
    private var hasher = SHA256Hasher()

    init(_ file: FileHandle) { self.file = file }

    /// The next piece; empty at the end.
    func next() throws(ImportError) -> [UInt8] {
        do {
            let piece = Array(try file.read(upToCount: Self.pieceSize) ?? Data())
            hasher.update(piece.span)
            return piece
        } catch {
            throw ImportError(code: .unreadable, place: "", reason: FileFailure.words(error))
        }
    }

    /// The digest of everything, of which the rest is read for it; once.
    func digest() -> Digest {
        while let piece = try? next(), !piece.isEmpty {}
        var taken = SHA256Hasher()
        swap(&taken, &hasher)
        return Digest(sha256: taken.finish())
    }
}
