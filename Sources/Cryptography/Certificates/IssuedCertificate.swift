/// A finished certificate in both its forms.
package struct IssuedCertificate: Hashable, Sendable {
    package let der: [UInt8]
    package let pem: String
}
