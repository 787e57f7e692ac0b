import Archives

/// A module as Python keeps it compiled: which text is given to which name in it.
///
/// The file has names in one place and constants in another, so no rule sees that one is the value of the other. The
/// format is Python's `marshal`, one code object with all others inside; 3.8 to 3.14 are read.
struct PythonModule {
    /// Some text, and the name it is given to.
    struct Assignment {
        let name: Range<Int>
        let value: Range<Int>
    }

    /// How the reading ended.
    enum Outcome {
        case whole
        /// The file breaks the format.
        case broken
        /// It holds more objects in each other than are followed.
        case tooDeep
        /// It refers to the same parts more often than is followed.
        case tooLong
        /// It has more parts than are kept in mind.
        case tooMany
    }

    /// Where the parts of a code object begin.
    private struct Code {
        let instructions: Int
        let constants: Int
        let names: Int
        let variables: Int
    }

    /// Shorter text is no secret, longer text is seen as it stands.
    private static let lengths = 4...256
    private static let nameLengths = 1...64
    private static let headerLength = 16
    private static let depth = 60
    /// No module that the largest part has room for has as many in earnest; of each kind they take a few MiB.
    private static let partLimit = 250_000
    private static let codeLimit = 50_000
    /// What all that is kept of a module takes at the most, beside its bytes.
    static let memory = 8 << 20

    private let instructions: PythonInstructions
    /// Where each object begins that others refer to.
    private var references: [Int32] = []
    private var codes: [Code] = []
    private var position: Int
    private var isRecording = true
    /// Every object and every instruction takes a step; references could make them more than there are bytes.
    private var steps: Int
    private var outcome = Outcome.whole

    /// Reads a module and hands out each assignment as it is found.
    static func read<Failure: Error>(
        _ bytes: Span<UInt8>, _ tell: (Assignment) throws(Failure) -> Void
    ) throws(Failure) -> Outcome {
        var module = PythonModule(bytes)
        let isWhole = module.walk(bytes, depth: 0)
        for code in module.codes { try module.follow(code, in: bytes, tell) }
        return isWhole || module.outcome != .whole ? module.outcome : .broken
    }

    private init(_ bytes: Span<UInt8>) {
        let bare = PythonCodeObject.magic(bytes)
        position = bare == nil ? Self.headerLength : 0
        instructions = PythonInstructions(magic: bare ?? Int(bytes[1]) << 8 | Int(bytes[0]))
        steps = 8 * bytes.count
    }

    /// Takes so many steps; false where there are none left.
    private mutating func take(_ count: Int) -> Bool {
        steps -= count
        if steps <= 0 { outcome = .tooLong }
        return steps > 0
    }

    /// Whether one more is kept behind `count` others.
    private mutating func isRoom(behind count: Int, limit: Int) -> Bool {
        if count >= limit { outcome = .tooMany }
        return count < limit
    }

    /// Passes over one object, and over all that is in it; false where that cannot be done.
    private mutating func walk(_ bytes: Span<UInt8>, depth: Int) -> Bool {
        if depth >= Self.depth { outcome = .tooDeep }
        guard position < bytes.count, depth < Self.depth, take(1) else { return false }
        let type = bytes[position]
        if type & 0x80 != 0, isRecording {
            guard isRoom(behind: references.count, limit: Self.partLimit) else { return false }
            references.append(Int32(position))
        }
        position += 1
        switch type & 0x7f {
        case UInt8(ascii: "N"), UInt8(ascii: "F"), UInt8(ascii: "T"), UInt8(ascii: "S"), UInt8(ascii: "."),
            UInt8(ascii: "0"):
            return true
        case UInt8(ascii: "i"), UInt8(ascii: "r"): return pass(4, bytes)
        case UInt8(ascii: "I"), UInt8(ascii: "g"): return pass(8, bytes)
        case UInt8(ascii: "y"): return pass(16, bytes)
        case UInt8(ascii: "l"):
            guard let digits = number(bytes) else { return false }
            return pass(2 * abs(digits), bytes)
        case UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "t"), UInt8(ascii: "a"), UInt8(ascii: "A"):
            guard let count = number(bytes) else { return false }
            return pass(count, bytes)
        case UInt8(ascii: "z"), UInt8(ascii: "Z"):
            guard position < bytes.count else { return false }
            let count = Int(bytes[position])
            return pass(1 + count, bytes)
        case UInt8(ascii: ")"):
            guard position < bytes.count else { return false }
            let count = Int(bytes[position])
            position += 1
            return walk(bytes, count, depth: depth)
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: ">"):
            guard let count = number(bytes) else { return false }
            return walk(bytes, count, depth: depth)
        // A slice: from where, to where, how far apart.
        case UInt8(ascii: ":"): return walk(bytes, 3, depth: depth)
        case UInt8(ascii: "{"):
            while position < bytes.count, bytes[position] != UInt8(ascii: "0") {
                guard walk(bytes, depth: depth + 1) else { return false }
            }
            return pass(1, bytes)
        case UInt8(ascii: "c"): return walkCode(bytes, depth: depth)
        default: return false
        }
    }

    private mutating func walk(_ bytes: Span<UInt8>, _ count: Int, depth: Int) -> Bool {
        guard count >= 0 else { return false }
        for _ in 0..<count {
            guard walk(bytes, depth: depth + 1) else { return false }
        }
        return true
    }

    private mutating func walkCode(_ bytes: Span<UInt8>, depth: Int) -> Bool {
        guard pass(4 * instructions.numbers, bytes) else { return false }
        // Code, constants, names, names of variables; what follows says where it all came from.
        var fields: [Int] = []
        for _ in 0..<8 {
            fields.append(position)
            guard walk(bytes, depth: depth + 1) else { return false }
        }
        guard pass(4, bytes), walk(bytes, instructions.tables, depth: depth) else { return false }
        if isRecording {
            guard isRoom(behind: codes.count, limit: Self.codeLimit) else { return false }
            codes.append(
                Code(
                    instructions: fields[0], constants: fields[1], names: fields[2], variables: fields[3]))
        }
        return true
    }

    private mutating func follow<Failure: Error>(
        _ place: Code, in bytes: Span<UInt8>, _ tell: (Assignment) throws(Failure) -> Void
    ) throws(Failure) {
        // Code objects may all refer to the same code.
        guard let code = text(at: place.instructions, in: bytes), take(code.count) else { return }
        let parts = PythonCode(
            constants: items(at: place.constants, in: bytes), names: items(at: place.names, in: bytes),
            variables: items(at: place.variables, in: bytes))
        try parts.assignments(code, instructions, in: bytes) { name, value throws(Failure) in
            if let assignment = assignment(of: value, to: name, in: bytes) { try tell(assignment) }
        }
        try parts.keyed(code, instructions, in: bytes) { keys, values throws(Failure) in
            let keys = items(at: keys, in: bytes)
            for (key, value) in zip(keys.reversed(), values.reversed()) {
                if let assignment = assignment(of: value, to: Int(key), in: bytes) { try tell(assignment) }
            }
        }
    }

    /// Nil where one of the two is no text of the right length; what has no name, no rule for names asks for.
    private func assignment(of value: Int, to name: Int, in bytes: Span<UInt8>) -> Assignment? {
        guard let value = text(at: value, in: bytes), Self.lengths.contains(value.count),
            let name = text(at: name, in: bytes), Self.nameLengths.contains(name.count)
        else { return nil }
        return Assignment(name: name, value: value)
    }

    /// Where the items of the tuple at `place` are.
    private mutating func items(at place: Int, in bytes: Span<UInt8>) -> [Int32] {
        let place = resolved(place, in: bytes)
        guard place + 1 < bytes.count else { return [] }
        let type = bytes[place] & 0x7f
        guard type == UInt8(ascii: "(") || type == UInt8(ascii: ")") else { return [] }
        let (before, wasRecording) = (position, isRecording)
        defer { (position, isRecording) = (before, wasRecording) }
        isRecording = false
        position = place + 1
        var count = Int(bytes[position])
        if type == UInt8(ascii: ")") {
            position += 1
        } else {
            guard let number = number(bytes), number >= 0 else { return [] }
            count = number
        }
        var items: [Int32] = []
        for _ in 0..<count {
            guard isRoom(behind: items.count, limit: Self.partLimit) else { return [] }
            items.append(Int32(position))
            guard walk(bytes, depth: 0) else { return [] }
        }
        return items
    }

    /// The bytes of the text, or of the bytes, at `place`.
    private func text(at place: Int, in bytes: Span<UInt8>) -> Range<Int>? {
        let place = resolved(place, in: bytes)
        guard place + 2 <= bytes.count else { return nil }
        let start: Int
        let count: Int
        switch bytes[place] & 0x7f {
        case UInt8(ascii: "z"), UInt8(ascii: "Z"): (start, count) = (place + 2, Int(bytes[place + 1]))
        case UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "t"), UInt8(ascii: "a"), UInt8(ascii: "A"):
            guard let number = Self.number(at: place + 1, in: bytes) else { return nil }
            (start, count) = (place + 5, number)
        default: return nil
        }
        guard count >= 0, count <= bytes.count - start else { return nil }
        return start..<start + count
    }

    private func resolved(_ place: Int, in bytes: Span<UInt8>) -> Int {
        guard place < bytes.count, bytes[place] & 0x7f == UInt8(ascii: "r"),
            let index = Self.number(at: place + 1, in: bytes), references.indices.contains(index)
        else { return place }
        return Int(references[index])
    }

    private mutating func pass(_ count: Int, _ bytes: Span<UInt8>) -> Bool {
        guard count >= 0, count <= bytes.count - position else { return false }
        position += count
        return true
    }

    private mutating func number(_ bytes: Span<UInt8>) -> Int? {
        guard let number = Self.number(at: position, in: bytes) else { return nil }
        position += 4
        return number
    }

    private static func number(at place: Int, in bytes: Span<UInt8>) -> Int? {
        guard place + 4 <= bytes.count else { return nil }
        let low = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
        let high = UInt32(bytes[place + 2]) | UInt32(bytes[place + 3]) << 8
        return Int(Int32(bitPattern: low | high << 16))
    }
}
