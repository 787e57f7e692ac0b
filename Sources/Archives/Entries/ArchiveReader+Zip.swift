extension ArchiveReader {
    /// How much of the current member may be read before its decompressor fills more memory than we give; nil for no limit.
    ///
    /// In a zip libarchive sees to these methods by itself, and takes what memory the member asks for.
    package var memberLimit: Int? {
        guard let form = zipForm else { return nil }
        if form.contains("(ppmd") { return 2 << 20 }
        return ["(lzma", "(xz", "(zstd"].contains { form.contains($0) } ? 16 << 20 : nil
    }
}
