internal import CTOML
internal import FoundationEssentials

/// Reads TOML with toml++, within limits.
package enum TOMLDocument {
    /// No honest file of rules is larger.
    private static let largest = 4 << 20

    /// The document's table.
    package static func parse(_ bytes: [UInt8]) throws(TOMLError) -> [String: TOMLValue] {
        guard bytes.count <= largest else {
            throw TOMLError(line: 1, column: 1, reason: "more than \(largest) bytes")
        }
        let json = try json(bytes)
        do {
            return try JSONDecoder().decode([String: TOMLValue].self, from: Data(json.utf8))
        } catch {
            // JSON has no infinity and no NaN; toml++ writes both all the same.
            throw TOMLError(line: 1, column: 1, reason: "holds a number that is none")
        }
    }

    private static func json(_ bytes: [UInt8]) throws(TOMLError) -> String {
        let result = unsafe bytes.withUnsafeBytes { buffer in
            let characters = unsafe buffer.bindMemory(to: CChar.self)
            return unsafe characters.baseAddress.map { unsafe ctoml_json($0, characters.count) }
        }
        guard let result = unsafe result else { return "{}" }
        defer { unsafe ctoml_free(result.text) }
        guard let pointer = unsafe result.text else {
            throw TOMLError(line: 1, column: 1, reason: "not enough memory to read it")
        }
        let text = unsafe String(cString: pointer)
        guard unsafe result.line == 0 else {
            throw unsafe TOMLError(line: Int(result.line), column: Int(result.column), reason: text)
        }
        return text
    }
}
