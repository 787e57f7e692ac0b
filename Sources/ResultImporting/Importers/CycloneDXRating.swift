/// What CycloneDX's ratings say together: several of whom each may have rated a vulnerability.
enum CycloneDXRating {
    private static let words = ["critical", "high", "medium", "low", "info", "none"]

    /// The worst word or score; where none of them is known, the first word.
    static func worst(of ratings: [JSONValue]) -> String? {
        let known = ratings.compactMap { rating in
            let word = rating["severity"]?.rating.flatMap { rank(ofWord: $0) }
            let score = score(rating).flatMap { rank(ofScore: $0) }
            // Who rates something lower than its score has reasons; of what is no harm at all there is no score.
            return word?.word.lowercased() == "none" ? score ?? word : word ?? score
        }
        return known.min { $0.rank < $1.rank }?.word
            ?? ratings.lazy.compactMap { $0["severity"]?.rating }.first
    }

    private static func rank(ofWord word: String) -> (rank: Int, word: String)? {
        words.firstIndex(of: word.lowercased()).map { ($0, word) }
    }

    /// By the scale of CVSS.
    private static func rank(ofScore score: Double) -> (rank: Int, word: String)? {
        switch score {
        case 9...10: (0, words[0])
        case 7..<9: (1, words[1])
        case 4..<7: (2, words[2])
        case 0.1..<4: (3, words[3])
        default: nil
        }
    }

    /// The score by CVSS, as the method says or, where none is named, the vector.
    private static func score(_ rating: JSONValue) -> Double? {
        let vector = rating["vector"]?.text?.drop { $0 == "(" } ?? ""
        let isCVSS = rating["method"]?.text?.uppercased().hasPrefix("CVSS") ?? vector.hasPrefix("AV:")
        guard isCVSS || vector.hasPrefix("CVSS:") else { return nil }
        let score = rating["score"]
        // The extension of schema 1.2 has the parts of a score below it.
        return (score?["base"] ?? score)?.decimal.flatMap(Double.init)
    }
}
