/// Tar bytes written field by field, so that tests can write what no honest program does.
package struct RawTar: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// One entry: header, content, padding.
    package mutating func add(
        _ name: some Sequence<UInt8>, _ content: [UInt8] = [], type: Character = "0",
        link: some Sequence<UInt8> = "".utf8, mode: Int = 0o644, rawMode: [UInt8]? = nil,
        owner: Int = 0, group: Int = 0,
        claimedSize: Int? = nil, prefix: String = "", userName: String = "", padding: [UInt8] = [],
        mark: String = "ustar\u{0}00", trailer: String = ""
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ value: some Sequence<UInt8>, at offset: Int, room: Int) {
            for (index, byte) in value.prefix(room).enumerated() { header[offset + index] = byte }
        }
        put(name, at: 0, room: 100)
        put(rawMode ?? Array(Self.octal(mode, 7)), at: 100, room: 8)
        put(Self.octal(owner, 7), at: 108, room: 7)
        put(Self.octal(group, 7), at: 116, room: 7)
        put(Self.octal(claimedSize ?? content.count, 11), at: 124, room: 11)
        put(Self.octal(0, 11), at: 136, room: 11)
        put(String(type).utf8, at: 156, room: 1)
        put(link, at: 157, room: 100)
        put(mark.utf8, at: 257, room: 8)
        put(userName.utf8, at: 265, room: 32)
        put(prefix.utf8, at: 345, room: 155)
        put(trailer.utf8, at: 508, room: 4)
        put("        ".utf8, at: 148, room: 8)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(Self.octal(sum, 6), at: 148, room: 6)
        header[154] = 0
        bytes += header + content
        let filling = padding + [UInt8](repeating: 0, count: 512)
        bytes += filling.prefix((512 - content.count % 512) % 512)
    }

    /// PAX records for the next entry, or with `g` for all that follow.
    package mutating func add(records: [(key: String, value: [UInt8])], type: Character = "x") {
        add("pax".utf8, records.flatMap { Self.record($0.key, $0.value) }, type: type)
    }

    /// An entry whose name or other facts stand in PAX records.
    package mutating func add(
        pax records: [(key: String, value: [UInt8])], _ name: String, _ content: [UInt8] = [],
        type: Character = "0", link: String = ""
    ) {
        add(records: records)
        add(name.utf8, content, type: type, link: link.utf8)
    }

    /// The two empty blocks that end an archive.
    package mutating func end() { bytes += [UInt8](repeating: 0, count: 1024) }

    /// Whatever a test wants to see in the stream.
    package mutating func append(_ raw: [UInt8]) { bytes += raw }

    /// Writes `raw` over what stands at `start`.
    package mutating func replace(at start: Int, with raw: [UInt8]) {
        bytes.replaceSubrange(start..<(start + raw.count), with: raw)
    }

    private static func octal(_ value: Int, _ digits: Int) -> [UInt8] {
        let text = String(value, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
    }

    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let body = Array(" \(key)=".utf8) + value + Array("\n".utf8)
        var length = body.count + 1
        while String(length).utf8.count + body.count != length { length += 1 }
        return Array(String(length).utf8) + body
    }
}
