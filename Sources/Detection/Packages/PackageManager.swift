/// A program that installs packages, and notes which file belongs to which with which checksum.
package enum PackageManager: String, Sendable {
    case dpkg, apk, rpm
}

/// How sure it is that a package is a distribution's own.
package enum PackageVouching: Sendable {
    /// The package names its distribution as the one who maintains or sells it.
    case named
    /// It was built as the distribution builds its own, and names nobody we know.
    case built
    case none
}

/// A package as the database in a layer has it.
package struct InstalledPackage: Hashable, Sendable {
    package let manager: PackageManager
    package let name: String
    package let version: String
    package let vouching: PackageVouching
}
