/// A program that installs packages, and notes which file belongs to which with which checksum.
package enum PackageManager: String, Sendable {
    case dpkg, apk, rpm
}
