/// Results as another tool writes them, made up, with what must be understood of them.
///
/// In the text, `@SECRET@` (`@SECRET64@` in base64) stands for a secret that is made here and stands nowhere else, `NOISE` for a second one in a
/// field that is never read, `IMAGE`, `CONFIG`, `LAYER0` and `LAYER1` for digests of the image it is about.
package struct ToolFixture: Sendable, CustomStringConvertible {
    package let name: String
    package let format: String
    package let template: String
    /// How many findings there are, how many of them suppressed.
    package let findings: Int
    package let suppressed: Int
    /// The classes of evidence that it reports on.
    package let provides: Set<String>
    /// Whether the raw secret is in a field that gives a fingerprint.
    package let givesSecret: Bool
    /// Whether it says which image it is about.
    package let isNamed: Bool
    /// Whether the tool says that it did all it was to do.
    package let isWhole: Bool
    /// Whether a prefix that ends with a line is whole as well, which nothing in the format tells from all.
    package let isLines: Bool

    package init(
        _ name: String, _ format: String, findings: Int, suppressed: Int = 0, provides: Set<String>,
        givesSecret: Bool = false, isNamed: Bool = false, isWhole: Bool = true, isLines: Bool = false,
        _ template: String
    ) {
        self.name = name
        self.format = format
        self.template = template
        self.findings = findings
        self.suppressed = suppressed
        self.provides = provides
        self.givesSecret = givesSecret
        self.isNamed = isNamed
        self.isWhole = isWhole
        self.isLines = isLines
    }

    package var description: String { name }

    /// What the image it is about is known by.
    package struct Target: Sendable {
        package var image = "sha256:" + String(repeating: "a1", count: 32)
        package var config = "sha256:" + String(repeating: "b2", count: 32)
        package var layers = ["c3", "d4"].map { "sha256:" + String(repeating: $0, count: 32) }

        package init() {}
    }

    /// A made-up secret: no issuer's format, so that only the tool's word makes it one.
    package static let secret = "Vq7" + "tZ2mXw9Lr" + "4KpB8sNd" + "6HyJ3fGcT5"
    /// Another, in places that are never read.
    package static let noise = "nW4" + "xT8bQz6Mv" + "2RkD9jLs" + "7PgF5hYcU3"

    /// The results about `target`.
    package func text(about target: Target = Target()) -> String {
        let words = [
            "IMAGE": target.image, "CONFIG": target.config, "LAYER0": target.layers[0],
            "LAYER1": target.layers.count > 1 ? target.layers[1] : target.layers[0],
            "@SECRET64@": Self.base64(Self.secret), "@SECRET@": Self.secret, "NOISE": Self.noise,
        ]
        return words.sorted { $0.key.utf8.count > $1.key.utf8.count }.reduce(template) { text, word in
            text.split(separator: word.key, omittingEmptySubsequences: false).joined(separator: word.value)
        }
    }

    package func bytes(about target: Target = Target()) -> [UInt8] { Array(text(about: target).utf8) }

    /// In base64, as some tools write secrets.
    package static func base64(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = Array(text.utf8)
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for index in 0..<4 {
                result.append(index <= part.count ? alphabet[bits >> (18 - 6 * index) & 63] : "=")
            }
        }
        return result
    }
}
