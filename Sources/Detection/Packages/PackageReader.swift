package import Model

/// Reads the package databases among the files of a layer, as their bytes pass.
///
/// `begin` a file, `read` its windows in order, `end` it; nothing is kept of a file that is no database. What is beyond
/// its limits is left out: then a finding stays one that might have been excused, and nothing is hidden.
package final class PackageReader {
    private enum File {
        case other
        /// `NAME.md5sums`.
        case checksums
        /// Stanzas of dpkg.
        case stanzas
        case apk
        /// rpm's headers in its own format.
        case ndb
        /// rpm's headers in Berkeley DB.
        case berkeley
    }

    private var table = PackageTable()
    private var file = File.other
    private var lines = LineAssembly()
    private var stanza = DpkgStanza()
    private var apk = ApkRecord()
    private var owner: UInt32?
    private var blobs = NdbBlobs()
    private var values = BerkeleyValues()
    private var rpmBudget = rpmLimit
    /// No honest database holds more bytes of packages.
    private static let rpmLimit = 256 << 20
    /// The end of the windows seen so far.
    private var position = 0

    package init() {}

    /// Whether the file at `path`, without leading slash, is a database.
    @discardableResult package func begin(_ path: EntryPath) -> Bool {
        file = .other
        position = 0
        // Nearly every path is turned down by its first byte or two.
        guard let first = path.bytes.first else { return false }
        switch first {
        case UInt8(ascii: "v"):
            beginDpkg(path.bytes)
            beginRPM(path.bytes)
        case UInt8(ascii: "l"), UInt8(ascii: "u"):
            beginAPK(path.bytes)
            beginRPM(path.bytes)
        default: break
        }
        guard file != .other else { return false }
        lines = LineAssembly()
        return true
    }

    /// How much memory the file that was begun may take to be read; nil where that is little.
    package var wantedMemory: Int? { file == .berkeley ? values.limit : nil }

    /// Gives the file that was begun no more memory than this; what does not fit is left out.
    package func allow(_ memory: Int) { values.limit = memory }

    /// Takes in what is new in a window whose first byte is the file's at `offset`.
    package func read(_ window: Span<UInt8>, at offset: Int) {
        guard file != .other, position >= offset, position < offset + window.count else { return }
        let new = window.extracting((position - offset)...)
        position = offset + window.count
        switch file {
        case .ndb: blobs.add(new) { addRPM(header: $0) }
        case .berkeley: values.add(new) { addRPM(header: $0) }
        default: lines.add(new) { take($0) }
        }
    }

    /// Ends the file.
    package func end() {
        guard file != .other else { return }
        lines.end { take($0) }
        closeRecord()
        file = .other
    }

    /// Whether the file at `path` is rpm's SQLite database, whose rows are to be handed to ``addRPM(header:)``.
    package static func isRPM(_ path: EntryPath) -> Bool { name(inRPMFolder: path.bytes) == "rpmdb.sqlite" }

    /// Takes in a package as rpm's databases store it, in SQLite in the column `blob` of its table `Packages`.
    ///
    /// Rows of a false database may all point at the same bytes, so there is an end to how many are read.
    package func addRPM(header: Span<UInt8>) {
        rpmBudget -= header.count
        guard rpmBudget >= 0 else { return }
        RpmHeader(header)?.note(in: &table, header)
    }

    /// All that was read; the reader begins anew.
    package func finish() -> PackageRecords {
        rpmBudget = Self.rpmLimit
        return table.finish()
    }

    private static let dpkg = Array("var/lib/dpkg/".utf8)
    private static let apk = [
        "lib/apk/db/installed", "usr/lib/apk/db/installed",
    ].map { Array($0.utf8) }

    private static let rpm = ["var/lib/rpm/", "usr/lib/sysimage/rpm/", "usr/share/rpm/"].map {
        Array($0.utf8)
    }

    private static let rpmEndings = [UInt8(ascii: "s"), UInt8(ascii: "b"), UInt8(ascii: "e")]

    private static func name(inRPMFolder path: [UInt8]) -> String? {
        // Few paths end like one of the three names.
        guard let last = path.last, rpmEndings.contains(last),
            let folder = rpm.first(where: { path.starts(with: $0) })
        else { return nil }
        return String(decoding: path[folder.count...], as: UTF8.self)
    }

    private func beginDpkg(_ path: [UInt8]) {
        guard path.starts(with: Self.dpkg) else { return }
        let parts = path[Self.dpkg.count...].split(separator: UInt8(ascii: "/"))
        let folder = parts.count == 2 ? String(decoding: parts[0], as: UTF8.self) : ""
        let name = parts.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if folder == "info" || folder == "status.d", name.hasSuffix(".md5sums") {
            file = .checksums
            // `libc6:amd64` is installed once for each architecture, always in one version.
            owner = table.index(of: String(name.dropLast(8).prefix { $0 != ":" }), .dpkg)
        } else if parts.count == 1, name == "status" {
            file = .stanzas
            stanza = DpkgStanza()
        } else if folder == "status.d" {
            file = .stanzas
            stanza = DpkgStanza(fileName: name)
        }
    }

    private func beginAPK(_ path: [UInt8]) {
        guard Self.apk.contains(path) else { return }
        file = .apk
        apk = ApkRecord()
        owner = nil
    }

    private func beginRPM(_ path: [UInt8]) {
        switch Self.name(inRPMFolder: path) {
        case "Packages.db":
            file = .ndb
            blobs = NdbBlobs()
        case "Packages":
            file = .berkeley
            values = BerkeleyValues()
        default: break
        }
    }

    private func take(_ line: Span<UInt8>) {
        switch file {
        case .other, .ndb, .berkeley: break
        case .checksums: takeChecksum(line)
        case .stanzas: if line.isEmpty { closeRecord() } else { stanza.take(line) }
        case .apk: if line.isEmpty { closeRecord() } else { takeAPK(line) }
        }
    }

    /// 32 hex digits, two blanks, a path without leading slash.
    private func takeChecksum(_ line: Span<UInt8>) {
        guard let owner, line.count > 34, line[32] == UInt8(ascii: " "),
            let high = Self.number(line, 0), let low = Self.number(line, 16)
        else { return }
        table.add(path: PackagePath.hash(line.extracting(34...)), (high, low), .md5, owner)
    }

    private func takeAPK(_ line: Span<UInt8>) {
        // Each file is hashed with its folder, which may be long.
        if table.isFull, line[0] == UInt8(ascii: "Z") { return }
        guard let file = apk.take(line) else { return }
        if owner == nil { owner = table.index(of: apk.name, .apk) }
        guard let owner else { return }
        table.add(path: file.path, file.checksum, file.algorithm, owner)
    }

    private func closeRecord() {
        switch file {
        case .stanzas:
            table.add(stanza)
            stanza.close()
        case .apk:
            if let owner { table.define(owner, apk.package) }
            owner = nil
            apk = ApkRecord()
        case .checksums, .ndb, .berkeley, .other: break
        }
    }

    /// The number that sixteen hex digits from `start` on write.
    private static func number(_ line: Span<UInt8>, _ start: Int) -> UInt64? {
        var number: UInt64 = 0
        for index in start..<(start + 16) {
            guard let digit = HexDigit.value(line[index]) else { return nil }
            number = number << 4 | UInt64(digit)
        }
        return number
    }
}
