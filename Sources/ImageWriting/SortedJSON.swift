internal import FoundationEssentials

/// JSON with sorted keys, so that equal documents are equal bytes.
enum SortedJSON {
    static func bytes(_ document: some Encodable, of place: String) throws(ImageWriteError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(document))
        } catch {
            throw ImageWriteError(
                code: .content, place: place, reason: "cannot be written as JSON", underlying: "\(error)")
        }
    }
}
