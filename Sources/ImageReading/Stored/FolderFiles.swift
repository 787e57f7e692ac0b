internal import Archives
internal import Glibc

/// The files below a folder; links that lead out of it are not followed.
struct FolderFiles: ImageFiles {
    let place: String
    private let root: String

    init(_ path: String) throws(ImageError) {
        place = path
        guard let root = Self.resolved(path) else {
            throw ImageError(.notFound, at: path, "folder does not exist or cannot be entered")
        }
        self.root = root
    }

    func contains(_ name: String) -> Bool { unsafe access("\(root)/\(name)", F_OK) == 0 }

    func size(of name: String) throws(ImageError) -> Int { try file(name).size }

    func open(_ name: String) throws(ImageError) -> any ByteSource { try file(name) }

    func compression(of name: String) throws(ImageError) -> Compression {
        let file = try file(name)
        do throws(ArchiveError) {
            return try Compression.sniff(beginningOf: file)
        } catch {
            throw ImageError(error, at: "\(place)/\(name)")
        }
    }

    func ordinal(of name: String) -> Int? { nil }

    private func file(_ name: String) throws(ImageError) -> FileByteSource {
        guard let path = Self.resolved("\(root)/\(name)") else {
            throw ImageError(.notFound, at: "\(place)/\(name)", "file is missing")
        }
        guard path.hasPrefix(root == "/" ? "/" : root + "/") else {
            throw ImageError(.refused, at: "\(place)/\(name)", "link leads out of the image's folder")
        }
        do throws(ArchiveError) {
            return try FileByteSource.open(path)
        } catch {
            throw ImageError(error, at: "\(place)/\(name)")
        }
    }

    private static func resolved(_ path: String) -> String? {
        guard let result = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(result) }
        return unsafe String(cString: result)
    }
}
