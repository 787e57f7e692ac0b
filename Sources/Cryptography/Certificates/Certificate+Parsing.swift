internal import CLibCrypto

extension Certificate {
    /// The certificate whose DER form `der` is, all of it.
    package static func parse(der: Span<UInt8>) throws(CryptographyError) -> Certificate {
        let handle = unsafe der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            guard let handle = unsafe d2i_X509(nil, &position, buffer.count) else { return nil }
            guard unsafe position == buffer.baseAddress?.advanced(by: buffer.count) else {
                unsafe X509_free(handle)
                return nil
            }
            return unsafe handle
        }
        guard let handle = unsafe handle else {
            throw .fromLibrary(.certificateInvalid, "not a certificate in DER")
        }
        return unsafe ParsedCertificate(taking: handle).values()
    }

    /// The first certificate in `pem`.
    package static func parse(pem: Span<UInt8>) throws(CryptographyError) -> Certificate {
        let handle = unsafe pem.withUnsafeBytes { buffer -> OpaquePointer? in
            let bio = unsafe MemoryBIO(reading: buffer)
            return unsafe PEM_read_bio_X509(bio.handle, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let handle = unsafe handle else {
            throw .fromLibrary(.certificateInvalid, "not a certificate in PEM")
        }
        return unsafe ParsedCertificate(taking: handle).values()
    }
}

/// libcrypto's certificate, for as long as it takes to read it.
@safe private struct ParsedCertificate: ~Copyable {
    private let handle: OpaquePointer

    @unsafe init(taking handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe X509_free(handle) }

    func values() -> Certificate {
        // Extensions that cannot be read leave notes in libcrypto's list that are nobody's business later.
        defer { ERR_clear_error() }
        return unsafe Certificate(
            subject: Self.text(X509_get_subject_name(handle)),
            issuer: Self.text(X509_get_issuer_name(handle)),
            serial: Self.hex(X509_get0_serialNumber(handle)),
            notBefore: Self.seconds(X509_get0_notBefore(handle)),
            notAfter: Self.seconds(X509_get0_notAfter(handle)),
            key: X509_get0_pubkey(handle).map { unsafe KeyAlgorithm($0) },
            signatureAlgorithm: signatureAlgorithm,
            isCA: X509_check_ca(handle) != 0,
            isSelfSigned: X509_NAME_cmp(X509_get_subject_name(handle), X509_get_issuer_name(handle)) == 0,
            sha256: sha256, spki: PublicKeyInfo.digest(ofCertificate: handle))
    }

    private var signatureAlgorithm: String {
        var algorithm: UnsafePointer<X509_ALGOR>?
        unsafe X509_get0_signature(nil, &algorithm, handle)
        var object: OpaquePointer?
        unsafe X509_ALGOR_get0(&object, nil, nil, algorithm)
        var text = [CChar](repeating: 0, count: 128)
        let length = unsafe OBJ_obj2txt(&text, Int32(text.count), object, 0)
        return String(
            decoding: text.prefix(max(0, min(Int(length), 127))).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private var sha256: String {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = unsafe X509_digest(handle, EVP_sha256(), &digest, nil)
        precondition(status == 1, "libcrypto offers no SHA-256")
        return HexDigits.text(digest)
    }

    private static func text(_ name: OpaquePointer?) -> String {
        let bio = MemoryBIO()
        // Commas, quotes and control characters come out escaped, so that a name cannot forge another.
        // XN_FLAG_ONELINE without spaces around `=` and without escaping UTF-8: its macro is not importable.
        let separators = UInt(2 << 16)
        let escapes =
            ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_ESC_QUOTE
            | ASN1_STRFLGS_UTF8_CONVERT | ASN1_STRFLGS_DUMP_UNKNOWN | ASN1_STRFLGS_DUMP_DER
        let flags = separators | UInt(escapes)
        unsafe X509_NAME_print_ex(bio.handle, name, 0, flags)
        return String(decoding: bio.contents(), as: UTF8.self)
    }

    private static func hex(_ number: UnsafePointer<ASN1_INTEGER>?) -> String {
        guard let number = unsafe number, let bytes = unsafe ASN1_STRING_get0_data(number) else { return "" }
        let count = Int(unsafe ASN1_STRING_length(number))
        return unsafe HexDigits.text(Array(UnsafeBufferPointer(start: bytes, count: count)))
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int {
        var parts = unsafe tm()
        guard unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
        return Int(unsafe timegm(&parts))
    }
}
