/// How sure it is that a package is a distribution's own.
package enum PackageVouching: String, Codable, Sendable {
    /// The package names its distribution as the one who maintains or sells it.
    case named
    /// It names a person, and a package of the distribution's own cannot do without it.
    case needed
    /// It was built as the distribution builds its own, and names nobody we know.
    case built
    case none

    /// Whether nobody else can be thought to have made it.
    package var isDistributions: Bool { self == .named || self == .needed }
}
