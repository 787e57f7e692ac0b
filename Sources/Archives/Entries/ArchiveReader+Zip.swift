extension ArchiveReader {
    /// How much of the current member may be read before its decompressor fills more memory than we give; nil for no limit.
    ///
    /// In a zip libarchive sees to these methods by itself, and takes what memory the member asks for.
    package var memberLimit: Int? {
        guard let form = zipForm else { return nil }
        if form.contains("(ppmd") { return 2 << 20 }
        return ["(lzma", "(xz", "(zstd"].contains { form.contains($0) } ? 16 << 20 : nil
    }

    /// What is said of a zip's current member before its content.
    package func zipMember(_ entry: ArchiveEntry) -> ZipTable.Member {
        // One under a password says its method elsewhere.
        let method = entry.isEncrypted ? nil : zipForm.flatMap(Self.method)
        return ZipTable.Member(
            method: method, isFolder: entry.kind != .file, hasContent: entry.size.map { $0 > 0 })
    }

    /// The number of a method that libarchive has a name for.
    private static func method(inForm form: String) -> Int? {
        let names = [
            "uncompressed": 0, "deflation": 8, "deflation-64-bit": 9, "bzip": 12, "lzma": 14, "zstd": 93,
            "xz": 95,
            "ppmd-8": 98,
        ]
        return form.split(separator: "(").last.flatMap { names[String($0.prefix { $0 != ")" })] }
    }
}
