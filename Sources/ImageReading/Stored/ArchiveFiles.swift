internal import Archives
internal import Model

/// The files in a tar file, compressed or not, read where they are: nothing is unpacked.
///
/// The tar file is walked once for its names. To open a file it is opened again and walked up to that file, past
/// content that is not read where the tar file is not compressed.
struct ArchiveFiles: ImageFiles {
    private struct Member {
        let ordinal: Int
        let size: Int
        /// The name that a link stands for.
        let target: EntryPath?
    }

    /// An image has some thousand files at most; what has more is none.
    private static let memberLimit = 100_000
    private static let linkLimit = 8

    let place: String
    private let members: [EntryPath: Member]

    init(_ path: String) throws(ImageError) {
        place = path
        members = try Self.walk(path)
    }

    func contains(_ name: String) -> Bool { (try? member(name)) != nil }

    func size(of name: String) throws(ImageError) -> Int { try member(name).size }

    func open(_ name: String) throws(ImageError) -> any ByteSource {
        let member = try member(name)
        do throws(ArchiveError) {
            let reader = try Self.reader(place)
            for _ in 0...member.ordinal {
                guard try reader.next() != nil else {
                    throw ArchiveError(.truncated, "tar file became shorter while it was read")
                }
            }
            return reader
        } catch {
            throw ImageError(error, at: "\(place): \(name)")
        }
    }

    private func member(_ name: String) throws(ImageError) -> Member {
        var path = EntryPath(name)
        for _ in 0..<Self.linkLimit {
            guard let member = members[path] else {
                throw ImageError(.notFound, at: "\(place): \(name)", "file is missing in the tar file")
            }
            guard let target = member.target else { return member }
            path = target
        }
        throw ImageError(.refused, at: "\(place): \(name)", "links lead to one another")
    }

    private static func walk(_ path: String) throws(ImageError) -> [EntryPath: Member] {
        var members: [EntryPath: Member] = [:]
        do throws(ArchiveError) {
            let reader = try reader(path)
            var ordinal = 0
            while let entry = try reader.next() {
                guard ordinal < memberLimit else {
                    throw ArchiveError(.tooLarge, "tar file has more than \(memberLimit) entries")
                }
                let name = EntryPath(entry.path)
                switch entry.kind {
                case .file:
                    members[name] = Member(ordinal: ordinal, size: entry.size ?? 0, target: nil)
                case .hardLink(let target):
                    members[name] = Member(ordinal: ordinal, size: 0, target: EntryPath(target))
                case .symbolicLink(let target):
                    members[name] = Member(ordinal: ordinal, size: 0, target: name.parent.following(target))
                case .folder, .special:
                    break
                }
                ordinal += 1
            }
        } catch {
            throw ImageError(error, at: path)
        }
        return members
    }

    private static func reader(_ path: String) throws(ArchiveError) -> ArchiveReader {
        let file = try FileByteSource.open(path)
        let compression = Compression.sniff(try file.readPrefix(8))
        file.seek(to: 0)
        return try ArchiveReader.open(
            compression == .none ? file : Compression.unwrap(file).content, as: .tar)
    }
}

extension EntryPath {
    /// Where a link in this folder leads; `..` at the root stays there, as it does for the kernel.
    fileprivate func following(_ target: [UInt8]) -> EntryPath {
        var result: [ArraySlice<UInt8>] = target.first == UInt8(ascii: "/") ? [] : components
        for component in EntryPath(target).components {
            if component.elementsEqual("..".utf8) { _ = result.popLast() } else { result.append(component) }
        }
        return EntryPath(result.joined(separator: [UInt8(ascii: "/")]))
    }
}
