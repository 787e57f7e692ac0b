extension String {
    /// The text with other `signs`, which are ASCII, where these stand.
    ///
    /// Also where characters beyond ASCII are one with them, which Swift takes for other characters.
    func replacing(signs: String, with others: String) -> String {
        let wanted = Array(signs.utf8)
        let bytes = Array(utf8)
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position...].starts(with: wanted) {
                result += others.utf8
                position += wanted.count
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
