/// The bytes of a document, and their lines as libyaml counts them.
package struct YAMLSource: Hashable, Sendable {
    package let file: String
    package let bytes: [UInt8]

    package init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }

    /// The lines without their ends; where the text ends with one, the last is empty.
    ///
    /// Bytes that are no UTF-8 show as U+FFFD.
    package var lines: [String] {
        var lines: [String] = []
        var start = 0
        for index in bytes.indices where Self.isBreak(bytes[index]) {
            // Of CR and LF in a row the LF belongs to the break before it.
            let isSecond = bytes[index] == 0x0a && index > 0 && bytes[index - 1] == 0x0d
            if !isSecond { lines.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
            start = index + 1
        }
        return lines + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    /// The mark of the byte at `offset`.
    func mark(at offset: Int) -> YAMLMark {
        var line = 1
        var start = 0
        for index in 0..<min(offset, bytes.count) where Self.isBreak(bytes[index]) {
            // Of CR and LF in a row only the LF ends the line.
            if bytes[index] == 0x0d, index + 1 < bytes.count, bytes[index + 1] == 0x0a { continue }
            line += 1
            start = index + 1
        }
        let before = String(decoding: bytes[start..<max(start, min(offset, bytes.count))], as: UTF8.self)
        return YAMLMark(line: line, column: before.unicodeScalars.count + 1)
    }

    /// Where the first bytes stand that are no UTF-8; nil where all are.
    var firstInvalidOffset: Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }

    /// Where the first line break stands that YAML 1.1 knows and 1.2 does not; nil where there is none.
    var firstForbiddenOffset: Int? {
        bytes.indices.first { index in
            switch bytes[index] {
            case 0xc2: bytes[index...].starts(with: [0xc2, 0x85])
            case 0xe2:
                bytes[index...].starts(with: [0xe2, 0x80, 0xa8])
                    || bytes[index...].starts(with: [0xe2, 0x80, 0xa9])
            default: false
            }
        }
    }

    private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0a || byte == 0x0d }
}
