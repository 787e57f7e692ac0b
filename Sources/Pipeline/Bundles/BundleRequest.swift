/// Where to put a bundle, and whose signature it is to bear.
package struct BundleRequest: Sendable {
    package var file: String
    /// Nil where nobody signs.
    package var signing: SigningRequest?

    package init(file: String, signing: SigningRequest?) {
        self.file = file
        self.signing = signing
    }
}
