/// An operating system and a processor, in the names that Go gives them and images use.
package struct Platform: Hashable, Sendable {
    package let system: String
    package let architecture: String
    /// Nil where it is the architecture's usual one: `v8` of arm64, `v1` of amd64.
    package let variant: String?

    package init(system: String, architecture: String, variant: String?) {
        self.system = system.lowercased()
        let name = architecture.lowercased()
        let variant = variant.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        switch name {
        case "x86_64", "x86-64": self.architecture = "amd64"
        case "aarch64": self.architecture = "arm64"
        case "i386", "i686": self.architecture = "386"
        case "armhf", "armel": self.architecture = "arm"
        default: self.architecture = name
        }
        switch (self.architecture, variant) {
        case ("arm64", "v8"), ("arm64", "8"), ("amd64", "v1"): self.variant = nil
        case ("arm", nil) where name == "armel": self.variant = "v6"
        case ("arm", nil) where name == "armhf": self.variant = "v7"
        case ("arm", let number?) where number.count == 1: self.variant = "v" + number
        default: self.variant = variant
        }
    }

    /// The platform written in `text`, such as `linux/arm64` or `linux/arm/v7`, or nil where that is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(system: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : nil)
    }

    /// Whether `text` may be the name of a system or a processor: none is longer, or has signs in it.
    static func isName(_ text: String) -> Bool {
        (1...16).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// Where this program runs; images are Linux's even where it does not.
    package static var host: Platform {
        #if arch(arm64)
            Platform(system: "linux", architecture: "arm64", variant: nil)
        #elseif arch(x86_64)
            Platform(system: "linux", architecture: "amd64", variant: nil)
        #else
            Platform(system: "linux", architecture: "unknown", variant: nil)
        #endif
    }

    /// Whether an image for `other` is what someone means who asks for this: no variant means any.
    package func accepts(_ other: Platform) -> Bool {
        system == other.system && architecture == other.architecture
            && (variant == nil || variant == other.variant)
    }

    /// That of what is for none.
    static let unknown = Platform(system: "unknown", architecture: "unknown", variant: nil)

    /// What build tools write where a manifest is no image but says something of one.
    package var isUnknown: Bool { system == "unknown" && architecture == "unknown" }
}

extension Platform: CustomStringConvertible {
    package var description: String {
        [system, architecture, variant].compactMap(\.self).joined(separator: "/")
    }
}
