import Cryptography
import Model
import TestSupport

/// Ways to write text that nobody finds by looking for it.
enum Encoder: CaseIterable {
    case utf16Little, utf16Big, base64, base64NoPadding, base64URL, wrapped64, wrapped76CRLF, indented
    case percent, percentAll, jsonUnicode, jsonQuotes, references, hexReferences

    /// As `within` names it.
    var step: String {
        switch self {
        case .utf16Little: "utf-16le"
        case .utf16Big: "utf-16be"
        case .base64, .base64NoPadding, .base64URL, .wrapped64, .wrapped76CRLF, .indented: "base64"
        case .percent, .percentAll: "percent"
        case .jsonUnicode, .jsonQuotes: "json-string"
        case .references, .hexReferences: "character-references"
        }
    }

    /// `text`, encoded.
    func encode(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .utf16Little: text.flatMap { [$0, 0] }
        case .utf16Big: text.flatMap { [0, $0] }
        case .base64: Array(Base64.encode(text).utf8)
        case .base64NoPadding: Array(Base64.encode(text).utf8).filter { $0 != UInt8(ascii: "=") }
        case .base64URL: Self.url(Base64.encode(text))
        case .wrapped64: Self.wrap(text, 64, "\n")
        case .wrapped76CRLF: Self.wrap(text, 76, "\r\n")
        case .indented: Self.wrap(text, 70, "\n    ")
        case .percent:
            text.flatMap { Self.isLetter($0) ? [$0] : Self.escape($0, "%", 2) }
        case .percentAll: text.flatMap { Self.escape($0, "%", 2) }
        case .jsonUnicode: text.flatMap { Self.escape($0, "\\u", 4) }
        case .references: text.flatMap { Array("&#\($0);".utf8) }
        case .hexReferences: text.flatMap { Array("&#x\(String($0, radix: 16));".utf8) }
        case .jsonQuotes:
            text.flatMap { byte in
                switch byte {
                case UInt8(ascii: "\n"): Array("\\n".utf8)
                case UInt8(ascii: "\""), UInt8(ascii: "/"): [UInt8(ascii: "\\"), byte]
                default: [byte]
                }
            }
        }
    }

    /// Whether `byte` only breaks lines.
    func isBreak(_ byte: UInt8) -> Bool {
        step == "base64" && (byte == 10 || byte == 13 || byte == 32 || byte == UInt8(ascii: "="))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private static func url(_ text: String) -> [UInt8] {
        Array(text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "").utf8)
    }

    private static func escape(_ byte: UInt8, _ prefix: String, _ digits: Int) -> [UInt8] {
        let hex = String(byte, radix: 16)
        return Array((prefix + String(repeating: "0", count: digits - hex.count) + hex).utf8)
    }

    private static func wrap(_ text: [UInt8], _ width: Int, _ separator: String) -> [UInt8] {
        let encoded = Array(Base64.encode(text).utf8)
        var lines: [[UInt8]] = []
        for start in stride(from: 0, to: encoded.count, by: width) {
            lines.append(Array(encoded[start..<min(encoded.count, start + width)]))
        }
        return Array(lines.joined(separator: Array(separator.utf8)))
    }
}
