/// The names under which Mercurial stores what is said of files, and those of the files themselves.
package enum StoredPath {
    /// The name of the file whose revisions are stored under this name, which may be a path.
    ///
    /// Capital letters have a line before them, what some systems have no name for a wave and its number.
    package static func name(of stored: String) -> String {
        let last = Array(stored.utf8.split(separator: UInt8(ascii: "/")).last ?? [])
        let isIndex = last.suffix(2) == [UInt8(ascii: "."), UInt8(ascii: "i")]
        let bytes = isIndex ? Array(last.dropLast(2)) : last
        var name: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let rest = bytes[(index + 1)...]
            if bytes[index] == UInt8(ascii: "_"), let next = rest.first {
                let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next)
                name.append(isLetter ? next & 0xdf : next)
                index += 2
            } else if bytes[index] == UInt8(ascii: "~"), rest.count >= 2,
                let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                name.append(byte)
                index += 3
            } else {
                name.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: name, as: UTF8.self)
    }
}
