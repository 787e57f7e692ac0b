/// What the encoded runs of some bytes stand for, one after another, and which of those bytes each part comes from.
struct DecodedText {
    /// A stretch of decoded bytes that come from stored ones in one way.
    ///
    /// Text may have as many of them as it has bytes: hence the small numbers.
    private struct Piece {
        enum Form: Equatable {
            /// Each byte from this many.
            case each(UInt8)
            /// Three bytes from four, as base64 has them.
            case quads
            /// All bytes from all.
            case whole
        }

        let form: Form
        private let firstByte: UInt32
        private let firstStored: UInt32
        private var endStored: UInt32

        init(_ form: Form, at start: Int, from stored: Range<Int>) {
            self.form = form
            firstByte = UInt32(truncatingIfNeeded: start)
            firstStored = UInt32(truncatingIfNeeded: stored.lowerBound)
            endStored = UInt32(truncatingIfNeeded: stored.upperBound)
        }

        var start: Int { Int(firstByte) }
        var stored: Int { Int(firstStored) }
        var storedEnd: Int {
            get { Int(endStored) }
            set { endStored = UInt32(truncatingIfNeeded: newValue) }
        }
    }

    /// What one encoded run stands for.
    private struct Run {
        let name: String
        let start: Int
        var end: Int
    }

    /// What stands between two runs: no pattern reaches over it, and at both sides of it a line begins or ends.
    private static let border: [UInt8] = [10, 0, 10]

    /// Buffers that grew larger are given back.
    private static let kept = 1 << 20

    private(set) var bytes: [UInt8] = []
    /// Runs that stand for something compressed, in which nothing can be seen before it is opened.
    private(set) var packed: [PackedText] = []
    private var pieces: [Piece] = []
    private var runs: [Run] = []

    var isEmpty: Bool { runs.isEmpty && packed.isEmpty }

    /// Forgets everything; the bytes may be secrets.
    mutating func clear() {
        if !packed.isEmpty { packed.removeAll() }
        for index in bytes.indices { bytes[index] = 0 }
        bytes.removeAll(keepingCapacity: bytes.count <= Self.kept)
        pieces.removeAll(keepingCapacity: pieces.count <= Self.kept / 16)
        runs.removeAll(keepingCapacity: runs.count <= Self.kept / 64)
    }

    /// Begins a run of an encoding that `within` calls `name`.
    mutating func begin(_ name: String) {
        runs.append(Run(name: name, start: bytes.count, end: bytes.count))
    }

    /// Adds a byte that `width` stored ones from `place` on stand for.
    mutating func append(_ byte: UInt8, from place: Int, width: Int) {
        extend(.each(UInt8(width)), from: place, width)
        bytes.append(byte)
    }

    /// Adds what stands for itself.
    mutating func append(_ stored: Span<UInt8>, from place: Int) {
        guard !stored.isEmpty else { return }
        extend(.each(1), from: place, stored.count)
        unsafe stored.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Adds bytes that all of the stored ones stand for together.
    mutating func append(_ some: [UInt8], fromAll stored: Range<Int>) {
        pieces.append(Piece(.whole, at: bytes.count, from: stored))
        bytes += some
    }

    /// Adds the three bytes of four stored characters.
    mutating func append(quad: UInt32, from place: Int) {
        extend(.quads, from: place, 4)
        bytes.append(UInt8(truncatingIfNeeded: quad >> 16))
        bytes.append(UInt8(truncatingIfNeeded: quad >> 8))
        bytes.append(UInt8(truncatingIfNeeded: quad))
    }

    /// Ends the run; what is too short is taken back.
    mutating func finish(shortest: Int) {
        guard let run = runs.last else { return }
        guard bytes.count - run.start >= shortest else {
            cut(at: run.start)
            runs.removeLast()
            return
        }
        runs[runs.count - 1].end = bytes.count
        bytes += Self.border
    }

    /// Ends the run as one that has to be opened.
    mutating func finishPacked() {
        guard let run = runs.popLast() else { return }
        if let place = stored(run.start..<bytes.count) {
            packed.append(PackedText(bytes: Array(bytes[run.start...]), within: [run.name], stored: place))
        }
        cut(at: run.start)
    }

    private mutating func extend(_ form: Piece.Form, from place: Int, _ width: Int) {
        if let last = pieces.last, last.form == form, last.storedEnd == place,
            last.start >= (runs.last?.start ?? 0)
        {
            pieces[pieces.count - 1].storedEnd += width
        } else {
            pieces.append(Piece(form, at: bytes.count, from: place..<place + width))
        }
    }

    private mutating func cut(at end: Int) {
        bytes.removeLast(bytes.count - end)
        while let last = pieces.last, last.start >= end { pieces.removeLast() }
    }
}

extension DecodedText {
    /// The encoding of the run that all of `range` lies in; nil where it lies in several.
    func encoding(of range: Range<Int>) -> String? {
        let index = Self.last(in: runs) { $0.start <= range.lowerBound }
        guard let run = index.map({ runs[$0] }), range.upperBound <= run.end else { return nil }
        return run.name
    }

    /// The stored bytes that `range`, which must not be empty, comes from.
    func stored(_ range: Range<Int>) -> Range<Int>? {
        guard let first = piece(of: range.lowerBound), let last = piece(of: range.upperBound - 1) else {
            return nil
        }
        let start =
            switch first.form {
            case .each(let width): first.stored + (range.lowerBound - first.start) * Int(width)
            case .quads: first.stored + (range.lowerBound - first.start) * 4 / 3
            case .whole: first.stored
            }
        let end =
            switch last.form {
            case .each(let width): last.stored + (range.upperBound - last.start) * Int(width)
            case .quads: last.stored + ((range.upperBound - last.start) * 4 + 2) / 3
            case .whole: last.storedEnd
            }
        return start..<max(start, min(end, last.storedEnd))
    }

    /// Whether anything in `range` or beside it stands for something else than itself.
    func isEscaped(_ range: Range<Int>) -> Bool {
        let run = Self.last(in: runs) { $0.start <= range.lowerBound }.map { runs[$0] }
        let lower = max(run?.start ?? 0, range.lowerBound - 1)
        guard var index = Self.last(in: pieces, where: { $0.start <= lower }) else { return false }
        var end = pieces[index].stored
        while index < pieces.count, pieces[index].start <= range.upperBound {
            // Some escapes stand for nothing.
            if pieces[index].form != .each(1) || pieces[index].stored != end { return true }
            end = pieces[index].storedEnd
            index += 1
        }
        return false
    }

    private func piece(of position: Int) -> Piece? {
        Self.last(in: pieces) { $0.start <= position }.map { pieces[$0] }
    }

    /// The index of the last element that `isBefore`, which all before it are too.
    private static func last<Element>(in elements: [Element], where isBefore: (Element) -> Bool) -> Int? {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(elements[middle]) { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
