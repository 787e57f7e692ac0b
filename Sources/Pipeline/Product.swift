/// The program's own name and version, as receipts and reports give them.
package enum Product {
    package static let name = "palimpsest"
    package static let version = "0.1.0"
}
