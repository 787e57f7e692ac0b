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
