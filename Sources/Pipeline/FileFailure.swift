import FoundationEssentials
import Glibc

/// Why a file could not be read or written, in the system's words.
package enum FileFailure {
    package static func words(_ error: any Error) -> String {
        guard let error = error as? CocoaError else { return String(describing: error) }
        if let cause = error.underlying as? POSIXError { return words(cause.code) }
        return switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: "no such file or folder"
        case .fileReadNoPermission, .fileWriteNoPermission: "permission denied"
        case .fileWriteOutOfSpace: "no space left on the device"
        case .fileWriteVolumeReadOnly: "the file system is read-only"
        case .fileWriteFileExists: "a file of that name is in the way"
        default: "input/output error (\(error.code.rawValue))"
        }
    }

    /// What an error number of the system means.
    static func words(_ number: CInt) -> String {
        POSIXError.Code(rawValue: number).map(words) ?? "input/output error (errno \(number))"
    }

    private static func words(_ code: POSIXError.Code) -> String {
        switch code {
        case .ENOENT: "no such file or folder"
        case .EACCES, .EPERM: "permission denied"
        case .ENOSPC: "no space left on the device"
        case .EROFS: "the file system is read-only"
        case .ENOTDIR: "a file stands where a folder is needed"
        case .EISDIR: "a folder stands where a file is needed"
        case .EEXIST: "a file of that name is in the way"
        default: "input/output error (errno \(code.rawValue))"
        }
    }
}
