/// A database of installed packages, which notes the files of each and their checksums.
package enum PackageDatabase: String, Codable, Sendable {
    case dpkg, apk, rpm
}
