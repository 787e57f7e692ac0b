/// Passes a compressed stream on and notes how far back each of its parts may refer, before a decompressor sees it.
final class WindowWatch: ByteSource {
    /// What a parser wants next.
    enum Step {
        /// This many bytes, handed to it together.
        case take(Int)
        /// This many bytes that do not matter, and then some to look at.
        case skip(Int, take: Int)
        /// The same of bytes that are taken down in the notes.
        case note(Int, take: Int)
        /// Nothing more.
        case end
    }

    /// Follows the structure of a compressed stream.
    protocol Parser {
        /// How many bytes it wants to see first.
        static var first: Int { get }
        /// The most memory that any part so far asked for.
        var window: Int { get }
        /// Whether the stream came to an end at which nothing of its content has been.
        var isEmpty: Bool { get }
        mutating func step(_ bytes: [UInt8]) throws(ArchiveError) -> Step
    }

    private let source: any ByteSource
    private var parser: any Parser
    private var pending: [UInt8] = []
    private var wanted: Int
    private var skipped = 0
    private let notes: StreamNotes?
    private var isNoted = false
    private var isAtEnd = false
    private var taken = 0
    /// Where in the stream the last byte stands, of those that came so far, that is not zero; at its end.
    private(set) var contentEnd = 0
    /// What the parser or the source failed with: to whoever reads on the stream ends there, for a decompressor that sees
    /// a failure keeps what it has.
    private(set) var failure: ArchiveError?

    init(_ source: any ByteSource, parser: some Parser, notes: StreamNotes? = nil) {
        self.source = source
        self.notes = notes
        self.parser = parser
        wanted = type(of: parser).first
    }

    /// The most memory that any part so far asks for.
    var window: Int { parser.window }

    /// Whether the stream may be one that holds nothing; where a decompressor gave up at once, it is none.
    var mayBeEmpty: Bool { parser.isEmpty && pending.isEmpty && skipped == 0 }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        guard failure == nil else { return 0 }
        do throws(ArchiveError) {
            let count = try source.read(into: &buffer)
            let bytes = buffer.span.extracting(0..<count)
            if let last = bytes.indices.last(where: { bytes[$0] != 0 }) { contentEnd = taken + last + 1 }
            taken += count
            return follow(bytes)
        } catch {
            failure = error
            return 0
        }
    }

    /// How many of `bytes` the parser lets pass: all, or those before what it fails at.
    private func follow(_ bytes: Span<UInt8>) -> Int {
        var index = 0
        while index < bytes.count, !isAtEnd {
            if skipped > 0 {
                let count = min(skipped, bytes.count - index)
                skipped -= count
                if isNoted {
                    notes?.add(bytes.extracting(index..<index + count))
                    if skipped == 0 { notes?.endPiece() }
                }
                index += count
                continue
            }
            pending.append(bytes[index])
            index += 1
            guard pending.count >= wanted else { continue }
            do throws(ArchiveError) {
                let step = try parser.step(pending)
                pending.removeAll(keepingCapacity: true)
                take(step)
            } catch {
                failure = error
                return max(0, index - pending.count)
            }
        }
        return bytes.count
    }

    private func take(_ step: Step) {
        switch step {
        case .take(let count): wanted = count
        case .skip(let count, let next): (skipped, wanted, isNoted) = (count, next, false)
        case .note(let count, let next): (skipped, wanted, isNoted) = (count, next, true)
        case .end: isAtEnd = true
        }
    }
}
