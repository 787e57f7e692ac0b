/// Names and values as `application/x-www-form-urlencoded`, for queries and posted forms.
///
/// It may hold passwords, so no way of printing it shows them.
package struct HTTPForm: Hashable, Sendable {
    package private(set) var encoded = ""

    package init() {}

    package mutating func add(_ name: String, _ value: String) {
        if !encoded.isEmpty { encoded += "&" }
        encoded += Self.escaped(name) + "=" + Self.escaped(value)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += byte < 16 ? "%0" : "%"
                result += String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}

extension HTTPForm: CustomStringConvertible, CustomReflectable {
    package var description: String { "form" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
