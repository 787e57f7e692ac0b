/// Looks for words in text, letters in either case.
enum Keywords {
    /// Whether one of the words, which are in lower case, stands in `text`.
    static func stand(_ words: [String], in text: Span<UInt8>) -> Bool {
        words.contains { word in stands(Array(word.utf8), in: text) }
    }

    private static func stands(_ word: [UInt8], in text: Span<UInt8>) -> Bool {
        guard !word.isEmpty, word.count <= text.count else { return word.isEmpty }
        for start in 0...(text.count - word.count) where PlainText.lowered(text[start]) == word[0] {
            if word.indices.allSatisfy({ PlainText.lowered(text[start + $0]) == word[$0] }) { return true }
        }
        return false
    }
}
