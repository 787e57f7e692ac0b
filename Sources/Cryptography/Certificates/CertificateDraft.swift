internal import CLibCrypto

/// A certificate while it is being filled in.
@safe struct CertificateDraft: ~Copyable {
    private let handle: OpaquePointer
    private let place: String

    private init(handle: OpaquePointer, place: String) {
        unsafe self.handle = handle
        self.place = place
    }

    deinit { unsafe X509_free(handle) }

    static func make(place: String) throws(IssuingError) -> CertificateDraft {
        guard let handle = unsafe X509_new() else {
            throw IssuingError(place: place, reason: "out of memory")
        }
        return unsafe CertificateDraft(handle: handle, place: place)
    }

    func setVersionAndSerial(_ serial: UInt64) throws(IssuingError) {
        // 2 stands for version 3, the only one with extensions.
        try require(unsafe X509_set_version(handle, 2), "the version")
        try require(unsafe ASN1_INTEGER_set_uint64(X509_get_serialNumber(handle), serial), "the serial")
    }

    func setValidity(from notBefore: Int, to notAfter: Int) throws(IssuingError) {
        let start = unsafe ASN1_TIME_adj(X509_getm_notBefore(handle), notBefore, 0, 0)
        let end = unsafe ASN1_TIME_adj(X509_getm_notAfter(handle), notAfter, 0, 0)
        try require(unsafe start != nil && end != nil ? 1 : 0, "the validity")
    }

    func setNames(
        subject: CertificateIssuer.Name, issuer: CertificateIssuer.Name
    ) throws(IssuingError) {
        try unsafe fill(X509_get_subject_name(handle), with: subject)
        try unsafe fill(X509_get_issuer_name(handle), with: issuer)
    }

    func setPublicKey(of key: borrowing Ed25519Key) throws(IssuingError) {
        try require(unsafe X509_set_pubkey(handle, key.handle), "the public key")
    }

    func add(_ extensionNumber: Int32, _ value: String) throws(IssuingError) {
        guard let made = unsafe X509V3_EXT_conf_nid(nil, nil, extensionNumber, value) else {
            throw IssuingError(place: place, reason: "libcrypto refused the extension \(value)")
        }
        defer { unsafe X509_EXTENSION_free(made) }
        try require(unsafe X509_add_ext(handle, made, -1), "the extension \(value)")
    }

    func sign(with key: borrowing Ed25519Key) throws(IssuingError) -> IssuedCertificate {
        // Ed25519 brings its own digest, so none is named.
        guard unsafe X509_sign(handle, key.handle, nil) > 0 else {
            throw IssuingError(place: place, reason: "libcrypto could not sign it")
        }
        let der = MemoryBIO()
        try require(unsafe i2d_X509_bio(der.handle, handle), "to write DER")
        let pem = MemoryBIO()
        try require(unsafe PEM_write_bio_X509(pem.handle, handle), "to write PEM")
        return IssuedCertificate(der: der.contents(), pem: String(decoding: pem.contents(), as: UTF8.self))
    }

    private func fill(
        _ name: OpaquePointer?, with value: CertificateIssuer.Name
    ) throws(IssuingError) {
        if let country = value.country { try unsafe add("C", country, to: name) }
        if let organization = value.organization { try unsafe add("O", organization, to: name) }
        try unsafe add("CN", value.commonName, to: name)
    }

    private func add(_ field: String, _ text: String, to name: OpaquePointer?) throws(IssuingError) {
        let bytes = Array(text.utf8)
        let status = unsafe X509_NAME_add_entry_by_txt(
            name, field, MBSTRING_FLAG, bytes, Int32(bytes.count), -1, 0)
        try require(status, "the name \(field)=\(text)")
    }

    private func require(_ status: Int32, _ what: String) throws(IssuingError) {
        guard status == 1 else { throw IssuingError(place: place, reason: "libcrypto refused \(what)") }
    }
}
