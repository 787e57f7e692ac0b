/// Finds the variables of an environment in memory: `NAME=value`, each ended by a zero.
struct EnvironmentSearch {
    /// What rules that go by paths see.
    static let name = "environment.env"
    private static let longest = 4096

    var text = PartedText()
    private var variable: [UInt8] = []
    private var start = 0
    private var position = 0
    /// Whether what comes until the next zero may still be one.
    private var isPossible = true
    private var hasName = false

    /// Looks at the next bytes of the memory.
    mutating func search(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            position += 1
            if byte == 0 {
                end()
            } else if isPossible {
                add(byte)
            }
        }
    }

    private mutating func end() {
        if isPossible, hasName {
            text.begin("environment", at: start)
            text.append(variable)
            text.append(CollectionOfOne(10))
        }
        variable.removeAll(keepingCapacity: true)
        isPossible = true
        hasName = false
        start = position
    }

    private mutating func add(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            break
        case UInt8(ascii: "0")...UInt8(ascii: "9") where !variable.isEmpty: break
        case UInt8(ascii: "=") where variable.count >= 3: hasName = true
        default: isPossible = hasName && byte >= 0x20
        }
        // All of the memory may be one letter.
        if variable.count >= Self.longest { isPossible = false }
        if isPossible { variable.append(byte) }
    }
}
