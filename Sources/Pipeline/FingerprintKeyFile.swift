import Cryptography
import Detection
import FoundationEssentials
import Model

/// Finds the key with which secrets are fingerprinted, and makes the installation's own at first use.
enum FingerprintKeyFile {
    private static let largest = 4 << 10

    /// The key that `source` names.
    static func key(from source: FingerprintKeySource) throws(AuditError) -> FingerprintKey {
        switch source {
        case .text(let text):
            guard let bytes = bytes(hex: Array(text.utf8)) else {
                throw unusable("PALIMPSEST_FINGERPRINT_KEY", "is not 64 hexadecimal digits")
            }
            return FingerprintKey(bytes: bytes)
        case .file(let path):
            return try read(path)
        case .installation(let folder):
            let path = folder + "/fingerprint.key"
            if !FileManager.default.fileExists(atPath: path) { try make(path, in: folder) }
            return try read(path)
        }
    }

    /// The key that `source` names; nil where this installation has none yet, which is not made.
    static func existingKey(from source: FingerprintKeySource) throws(AuditError) -> FingerprintKey? {
        if case .installation(let folder) = source,
            !FileManager.default.fileExists(atPath: folder + "/fingerprint.key")
        {
            return nil
        }
        return try key(from: source)
    }

    private static func read(_ path: String) throws(AuditError) -> FingerprintKey {
        let content = try WholeFile.read(path, atMost: largest, or: .unusableKey)
        guard let bytes = content.count == 32 ? content : bytes(hex: content) else {
            throw unusable(path, "is neither 32 bytes nor 64 hexadecimal digits")
        }
        return FingerprintKey(bytes: bytes)
    }

    /// Writes a new key beside and links it into place, which fails where one is: of first audits at once all use the same.
    private static func make(_ path: String, in folder: String) throws(AuditError) {
        let files = FileManager.default
        let beside = path + "." + UUID().uuidString
        do {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let digits = Data((Hex.string(try SecureRandom.bytes(32)) + "\n").utf8)
            guard files.createFile(atPath: beside, contents: digits, attributes: [.posixPermissions: 0o600])
            else {
                throw CocoaError(.fileWriteNoPermission)
            }
            defer { try? files.removeItem(atPath: beside) }
            do {
                try files.linkItem(atPath: beside, toPath: path)
            } catch  where !files.fileExists(atPath: path) {
                // Some file systems have no links.
                try files.moveItem(atPath: beside, toPath: path)
            } catch {
                return
            }
        } catch {
            throw unusable(path, "cannot be made: \(FileFailure.words(error))")
        }
    }

    private static func bytes(hex content: [UInt8]) -> [UInt8]? {
        let text = String(decoding: content, as: UTF8.self)
        let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
        guard digits.count == 64, text.count(where: { !$0.isWhitespace }) == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static func unusable(_ place: String, _ reason: String) -> AuditError {
        AuditError(code: .unusableKey, place: place, reason: "fingerprint key \(reason)")
    }
}
