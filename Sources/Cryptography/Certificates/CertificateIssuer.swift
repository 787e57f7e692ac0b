internal import CLibCrypto

/// Issues X.509 certificates with given dates and serial, signed with Ed25519: the same input, the same bytes.
package enum CertificateIssuer {
    package struct Name: Hashable, Sendable {
        package let commonName: String
        package let organization: String?
        package let country: String?

        package init(commonName: String, organization: String? = nil, country: String? = nil) {
            self.commonName = commonName
            self.organization = organization
            self.country = country
        }
    }

    package struct Request: Sendable {
        package var subject: Name
        package var serial: UInt64
        /// Seconds since 1970.
        package var notBefore: Int
        package var notAfter: Int
        package var isCA: Bool
        /// DNS names for the subject alternative name.
        package var hosts: [String]

        package init(
            subject: Name, serial: UInt64, notBefore: Int, notAfter: Int, isCA: Bool, hosts: [String] = []
        ) {
            self.subject = subject
            self.serial = serial
            self.notBefore = notBefore
            self.notAfter = notAfter
            self.isCA = isCA
            self.hosts = hosts
        }
    }

    /// A certificate that `key` signs for itself.
    package static func selfSigned(
        _ request: Request, key: borrowing Ed25519Key
    ) throws(IssuingError) -> IssuedCertificate {
        try issue(request, for: key, issuer: request.subject, signedBy: key)
    }

    /// A certificate for `key`, signed by the authority named `issuer` with its key.
    package static func issue(
        _ request: Request, for key: borrowing Ed25519Key, issuer: Name,
        signedBy authority: borrowing Ed25519Key
    ) throws(IssuingError) -> IssuedCertificate {
        let draft = try CertificateDraft.make(place: "certificate of \(request.subject.commonName)")
        try draft.setVersionAndSerial(request.serial)
        try draft.setValidity(from: request.notBefore, to: request.notAfter)
        try draft.setNames(subject: request.subject, issuer: issuer)
        try draft.setPublicKey(of: key)
        try draft.add(NID_basic_constraints, request.isCA ? "critical,CA:TRUE" : "critical,CA:FALSE")
        try draft.add(
            NID_key_usage, request.isCA ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature")
        if !request.hosts.isEmpty {
            let names = request.hosts.map { "DNS:\($0)" }.joined(separator: ",")
            try draft.add(NID_subject_alt_name, names)
        }
        return try draft.sign(with: authority)
    }
}
