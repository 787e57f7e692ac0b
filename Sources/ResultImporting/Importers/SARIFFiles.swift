/// The files that a SARIF run tells of: by address, by what an address starts from, or by their number in a list.
struct SARIFFiles {
    /// What stands where a file is named.
    struct Reference {
        fileprivate let address: String?
        fileprivate let base: String?
        fileprivate let index: Int?

        init(_ location: JSONValue?) {
            address = location?["uri"]?.text
            base = location?["uriBaseId"]?.text
            index = location?["index"]?.number
        }

        /// About how many bytes it takes.
        var weight: Int { 60 + (address?.utf8.count ?? 0) + (base?.utf8.count ?? 0) }
    }

    /// No tool lists more files, or names them at more length; what is beyond is a fault.
    private static let limit = 100_000
    private static let weightLimit = 8 << 20
    /// No base starts from others in a longer row.
    private static let deepest = 8

    private var bases: [String: Reference] = [:]
    private var listed: [Reference] = []
    private var weight = 0

    mutating func take(bases: JSONValue) {
        for (name, base) in bases.members { self.bases[name] = Reference(base) }
    }

    /// Takes the next of `artifacts`; false where that is too much.
    mutating func add(_ artifact: JSONValue) -> Bool {
        let reference = Reference(artifact["location"])
        weight += reference.weight
        guard listed.count < Self.limit, weight < Self.weightLimit else { return false }
        listed.append(reference)
        return true
    }

    /// The path of a file, as far as it can be told; nil where nothing names one.
    func path(_ reference: Reference) -> String? {
        var reference = reference
        if reference.address == nil, let index = reference.index, listed.indices.contains(index) {
            reference = listed[index]
        }
        guard let address = reference.address else { return nil }
        return Self.path(whole(address, from: reference.base))
    }

    /// The address together with what it starts from; by itself where that is no file.
    private func whole(_ address: String, from base: String?) -> String {
        var whole = address
        var next = base
        for _ in 0..<Self.deepest {
            guard !whole.hasPrefix("/"), Self.scheme(of: whole) == nil, let name = next,
                let base = bases[name]
            else { break }
            let start = base.address ?? ""
            whole = start.isEmpty || start.hasSuffix("/") ? start + whole : start + "/" + whole
            next = base.base
        }
        return [nil, "file"].contains(Self.scheme(of: whole)) ? whole : address
    }

    private static func scheme(of address: String) -> String? {
        guard let end = address.firstIndex(of: ":"), address[end...].hasPrefix(":/") else { return nil }
        return address[..<end].lowercased()
    }

    /// The path in an address, without scheme and percent signs.
    private static func path(_ address: String) -> String {
        var text = address[...]
        for scheme in ["file://", "file:", "image://", "docker://"] where text.hasPrefix(scheme) {
            text = text.dropFirst(scheme.count)
        }
        return String(text).removingPercents
    }
}

extension String {
    /// The text with `%41` and the like undone; itself where that gives no text.
    var removingPercents: String {
        guard contains("%") else { return self }
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }
}
