/// What a tree of a Git repository names: files and other trees, each by a digest.
struct GitTree {
    struct Entry {
        let name: ArraySlice<UInt8>
        /// What the object is called.
        let object: ArraySlice<UInt8>
    }

    /// How many bytes the digests have by which a repository names its objects.
    enum Form: Int, CaseIterable {
        case sha1 = 20
        case sha256 = 32
    }

    let form: Form
    let entries: [Entry]

    /// What `bytes`, the content of a tree, name; as far as that goes where it is none to its end.
    ///
    /// A pack does not say by which digests its objects are named, but only with one of them there is a mode behind each.
    init(_ bytes: [UInt8]) {
        let (entries, isWhole) = Self.read(bytes, .sha1)
        let other = isWhole ? nil : Self.read(bytes, .sha256)
        if let other, other.isWhole {
            (form, self.entries) = (.sha256, other.entries)
        } else {
            (form, self.entries) = (.sha1, entries)
        }
    }

    /// Each is a mode in octal digits, a blank, a name, a zero, and what the object is called.
    private static func read(_ bytes: [UInt8], _ form: Form) -> (entries: [Entry], isWhole: Bool) {
        var entries: [Entry] = []
        var place = 0
        while place < bytes.count {
            var blank = place
            while blank < bytes.count, blank - place < 7, (0x30...0x37).contains(bytes[blank]) { blank += 1 }
            guard blank > place, blank < bytes.count, bytes[blank] == UInt8(ascii: " "),
                let zero = bytes[blank...].firstIndex(of: 0), zero + form.rawValue < bytes.count
            else { return (entries, false) }
            let end = zero + 1 + form.rawValue
            entries.append(Entry(name: bytes[(blank + 1)..<zero], object: bytes[(zero + 1)..<end]))
            place = end
        }
        return (entries, true)
    }
}
