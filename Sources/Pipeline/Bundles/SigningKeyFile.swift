import Cryptography
import Glibc

/// Keys in files: the private one that signs, and the public one that its signatures are checked with.
package enum SigningKeyFile {
    /// No key of ours comes near this size.
    private static let largest = 64 << 10

    /// The private key that `request` names.
    static func read(_ request: SigningRequest) throws(AuditError) -> SigningKey {
        let pem = try content(of: request.keyFile)
        // What cannot be told here, because it is no key, is told when it is read.
        let isEncrypted = (try? PrivateKeyFacts.parse(pem: pem.span))?.encrypted ?? false
        let passphrase = isEncrypted ? try request.passphrase() : nil
        guard !isEncrypted || passphrase != nil else {
            throw unusable(request.keyFile, "is encrypted, and there is no passphrase for it")
        }
        do {
            return try SigningKey.read(pem: pem, passphrase: passphrase)
        } catch  where (try? VerifyingKey.read(pem: pem)) != nil {
            throw AuditError(
                code: .publicKeyGiven, place: request.keyFile,
                reason: "is the public key, which signs nothing: the private one does")
        } catch {
            throw unusable(request.keyFile, error.reason)
        }
    }

    /// The public key in the file at `path`.
    static func readPublic(_ path: String) throws(AuditError) -> VerifyingKey {
        let pem = try content(of: path)
        do {
            return try VerifyingKey.read(pem: pem)
        } catch  where (try? PrivateKeyFacts.parse(pem: pem.span)) != nil {
            throw AuditError(
                code: .privateKeyGiven, place: path,
                reason: "is the private key, and signatures are checked with the public one")
        } catch {
            throw unusable(path, "\(error)")
        }
    }

    /// Makes a key, and writes it into two files that must not exist yet; says what was made, line by line.
    package static func make(
        _ algorithm: String, at path: String, passphrase: [UInt8]?
    ) throws(AuditError) -> [String] {
        guard let kind = SignatureAlgorithm(rawValue: algorithm) else {
            throw unusable(path, "no key of the kind \(algorithm) can be made")
        }
        let key: SigningKey
        let privatePEM: [UInt8]
        let publicPEM: String
        do {
            key = try SigningKey.generate(kind)
            privatePEM = try key.pem(passphrase: passphrase)
            publicPEM = try key.publicKey.pem()
        } catch {
            throw unusable(path, error.description)
        }
        try write(privatePEM, to: path + ".key", mode: 0o600)
        do {
            try write(Array(publicPEM.utf8), to: path + ".pub", mode: 0o644)
        } catch {
            unsafe unlink(path + ".key")
            throw error
        }
        return [
            "\(path).key  signs: keep it to yourself"
                + (passphrase == nil ? "; it is not encrypted" : ", and its passphrase elsewhere"),
            "\(path).pub  checks: give it to whoever is to trust what you sign",
            "key id  \(key.publicKey.id)",
        ]
    }

    /// The kinds of key that can be made, the usual one first.
    package static var algorithms: [String] { SignatureAlgorithm.allCases.map(\.rawValue) }

    private static func content(of path: String) throws(AuditError) -> [UInt8] {
        try WholeFile.read(path, atMost: largest, or: .unusableSigningKey)
    }

    private static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(AuditError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw unwritable(path) }
        let count = unsafe Glibc.write(descriptor, bytes, bytes.count)
        guard close(descriptor) == 0, count == bytes.count else {
            let error = unwritable(path)
            unsafe unlink(path)
            throw error
        }
    }

    private static func unwritable(_ path: String) -> AuditError {
        AuditError(
            code: .unwritableOutput, place: path,
            reason: errno == EEXIST
                ? "is there already, and no key is overwritten" : "cannot be written: \(systemError)")
    }

    private static var systemError: String { unsafe String(cString: strerror(errno)).lowercased() }

    private static func unusable(_ place: String, _ reason: String) -> AuditError {
        AuditError(code: .unusableSigningKey, place: place, reason: reason)
    }
}
