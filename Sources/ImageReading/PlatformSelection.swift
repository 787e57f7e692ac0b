/// Which of an image's platforms to read.
package enum PlatformSelection: Hashable, Sendable {
    /// The one this program runs on, or the only one there is.
    case host
    /// `linux/arm64`, `linux/arm/v7`.
    case named(String)
    case all
}
