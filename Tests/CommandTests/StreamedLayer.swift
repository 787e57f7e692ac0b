import Archives
import Cryptography
import ImageWriting
import TestSupport

/// A layer that is compressed while it is made, for tests whose layers are larger than memory should be.
final class StreamedLayer {
    private let stored = MemorySink()
    private let compressor: Compressor
    private let mediaType: String
    private var hasher: SHA256Hasher? = SHA256Hasher()
    /// Tar bytes that were not yet passed on.
    private var waiting = RawTar()

    init(_ method: Compressor.Method = .zstd) throws {
        compressor = try Compressor(method, to: stored)
        mediaType = "application/vnd.oci.image.layer.v1.tar+\(method.rawValue)"
    }

    /// Adds whatever `body` adds.
    func add(_ body: (inout RawTar) -> Void) throws {
        body(&waiting)
        if waiting.bytes.count > 4 << 20 { try flush() }
    }

    /// Adds raw bytes, as often as is said.
    func add(_ piece: [UInt8], times: Int = 1) throws {
        try flush()
        for _ in 0..<times { try pass(piece) }
    }

    /// Empty entries of this type whose names are `prefix` and a number of seven digits.
    ///
    /// Only what differs between two headers is written anew.
    func add(count: Int, prefix: String, type: Character = "0", link: String = "") throws {
        try flush()
        var tar = RawTar()
        tar.add((prefix + "0000000").utf8, type: type, link: link.utf8)
        var header = Array(tar.bytes.prefix(512))
        let first = prefix.utf8.count
        let sum = header.reduce(0) { $0 + Int($1) } - header[148..<156].reduce(0) { $0 + Int($1) } + 8 * 0x20
        var piece: [UInt8] = []
        for number in 0..<count {
            var rest = number
            var added = 0
            for place in stride(from: first + 6, through: first, by: -1) {
                header[place] = 0x30 + UInt8(rest % 10)
                added += rest % 10
                rest /= 10
            }
            var value = sum + added
            for place in stride(from: 153, through: 148, by: -1) {
                header[place] = 0x30 + UInt8(value % 8)
                value /= 8
            }
            piece += header
            if piece.count >= 1 << 20 {
                try pass(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        try pass(piece)
    }

    /// The layer, with the truth about itself.
    func finish() throws -> RawLayer {
        waiting.end()
        try flush()
        try compressor.finish()
        var diffID: String?
        if let hasher = hasher.take() { diffID = "sha256:" + Self.hex(hasher.finish()) }
        return RawLayer(blob: stored.bytes, mediaType: mediaType, diffID: diffID)
    }

    static func digest(_ bytes: [UInt8]) -> String { "sha256:" + hex(SHA256Hasher.hash(bytes)) }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let text = String(byte, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }.joined()
    }

    private func flush() throws {
        try pass(waiting.bytes)
        waiting = RawTar()
    }

    private func pass(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        hasher?.update(bytes.span)
        try compressor.write(bytes.span)
    }
}
