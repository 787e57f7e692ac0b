/// A package as the database in a layer has it.
package struct InstalledPackage: Hashable, Sendable, Codable {
    package let database: PackageDatabase
    package let name: String
    package let version: String
    package let vouching: PackageVouching
}
