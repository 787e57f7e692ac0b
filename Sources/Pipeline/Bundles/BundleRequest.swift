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

/// Which key signs.
package struct SigningRequest: Sendable {
    /// A file with a private key in PEM.
    package var keyFile: String
    /// Asked for where the key is encrypted; nil where there is nobody to ask.
    package var passphrase: @Sendable () throws(AuditError) -> [UInt8]?

    package init(keyFile: String, passphrase: @escaping @Sendable () throws(AuditError) -> [UInt8]?) {
        self.keyFile = keyFile
        self.passphrase = passphrase
    }
}
