internal import CLibCrypto

/// Why libcrypto could not do something; never says anything of the content it was given.
package struct CryptographyError: Error {
    package enum Code: String, Sendable {
        case randomUnavailable, certificateInvalid, keyInvalid, sealingFailed
    }

    package let code: Code
    package let reason: String
    /// The library's own words, without the data it may have attached.
    package let underlying: String?

    package init(code: Code, reason: String, underlying: String? = nil) {
        self.code = code
        self.reason = reason
        self.underlying = underlying
    }

    /// The error that libcrypto noted last; empties its list, so that no later call finds it there.
    static func fromLibrary(_ code: Code, _ reason: String) -> CryptographyError {
        let number = ERR_peek_last_error()
        ERR_clear_error()
        guard number != 0, let words = unsafe ERR_reason_error_string(number) else {
            return CryptographyError(code: code, reason: reason)
        }
        return unsafe CryptographyError(code: code, reason: reason, underlying: String(cString: words))
    }
}

extension CryptographyError: Hashable {
    package static func == (left: CryptographyError, right: CryptographyError) -> Bool {
        left.code == right.code
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension CryptographyError: CustomStringConvertible {
    package var description: String { underlying.map { "\(reason): \($0)" } ?? reason }
}
