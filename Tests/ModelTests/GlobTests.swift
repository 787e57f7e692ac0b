import Model
import Testing

@Suite("Globs")
struct GlobTests {
    @Test(
        "a star stays within a component, two go across, a question mark is one byte",
        arguments: [
            ("/etc/*.conf", "/etc/a.conf", true), ("/etc/*.conf", "/etc/x/a.conf", false),
            ("/etc/**", "/etc/x/a.conf", true), ("/etc/**", "/etc", false),
            ("**/id_*", "/root/.ssh/id_rsa", true),
            ("**/id_*", "/root/id_rsa/x", false), ("/?/b", "/a/b", true), ("/?/b", "///b", false),
            ("**/a*/b*c", "/x/a1/y/a2/bxc", true), ("*", "", true), ("", "a", false),
            ("*a*a*", "banana", true),
            ("history/*", "history/5/comment", false), ("history/**", "history/5/comment", true),
        ])
    func cases(pattern: String, text: String, wanted: Bool) {
        #expect(Glob(pattern).matches(text) == wanted)
    }

    @Test("agrees with trying everything, on all short patterns and texts")
    func exhaustive() {
        let texts = words(over: ["a", "b", "/"], upTo: 5)
        for pattern in words(over: ["a", "/", "?", "*", "**"], upTo: 4) {
            let glob = Glob(pattern)
            let elements = Array(pattern.utf8)
            for text in texts where glob.matches(text) != Self.tryAll(elements[...], Array(text.utf8)[...]) {
                Issue.record("\(pattern) and \(text)")
            }
        }
    }

    private func words(over alphabet: [String], upTo length: Int) -> [String] {
        var all = [""]
        var last = [""]
        for _ in 0..<length {
            last = last.flatMap { word in alphabet.map { word + $0 } }
            all += last
        }
        return all
    }

    /// The definition of a glob, spelled out.
    private static func tryAll(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        let (star, slash) = (UInt8(ascii: "*"), UInt8(ascii: "/"))
        guard let first = pattern.first else { return text.isEmpty }
        if first == star {
            let stars = pattern.prefix { $0 == star }.count
            let rest = pattern.dropFirst(stars)
            for length in 0...text.count {
                if tryAll(rest, text.dropFirst(length)) { return true }
                if stars == 1, text.dropFirst(length).first == slash { return false }
            }
            return false
        }
        guard let byte = text.first, byte == first || first == UInt8(ascii: "?") && byte != slash else {
            return false
        }
        return tryAll(pattern.dropFirst(), text.dropFirst())
    }
}
