/// Status and headers of an answer, gathered line by line.
struct ResponseHead {
    private static let byteLimit = 64 << 10
    private static let lineLimit = 256

    private(set) var status = 0
    private(set) var fields: [(name: String, value: String)] = []
    /// Whether the last line of the head has come; what follows is body.
    private(set) var isComplete = false
    private var bytes = 0
    private var lines = 0

    /// Takes one line as it came; says whether there is room for it.
    mutating func accept(_ line: [UInt8]) -> Bool {
        bytes += line.count
        lines += 1
        guard bytes <= Self.byteLimit, lines <= Self.lineLimit else { return false }
        // Fields behind the body say nothing that we ask for.
        guard !isComplete else { return true }
        let text = String(decoding: line, as: UTF8.self).filter { $0 != "\r\n" && $0 != "\n" && $0 != "\r" }
        if text.hasPrefix("HTTP/") {
            begin(text)
        } else if text.isEmpty {
            // 1xx comes before the answer proper.
            isComplete = status >= 200
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...]
            fields.append((text[..<colon].lowercased(), Self.trimmed(value)))
        }
        return true
    }

    /// The values of the field `name`, one for each line that it came in.
    func values(of name: String) -> [String] {
        let name = name.lowercased()
        return fields.filter { $0.name == name }.map(\.value)
    }

    private mutating func begin(_ line: String) {
        status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        fields = []
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let start = text.drop(while: isBlank)
        return String(start.reversed().drop(while: isBlank).reversed())
    }
}
