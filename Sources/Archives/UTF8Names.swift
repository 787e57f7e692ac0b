internal import Glibc

/// The locale in which libarchive can turn the names of zip and 7z archives into UTF-8.
///
/// For tar the C locale is right: there, names stay the bytes that they are.
@safe struct UTF8Names: ~Copyable {
    private let locale: locale_t?

    init(isWanted: Bool) { unsafe locale = isWanted ? newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) : nil }

    deinit { if let locale = unsafe locale { unsafe freelocale(locale) } }

    /// Does `work` with UTF-8 as the character set of this thread, where that was wanted.
    func scoped<Result>(_ work: () -> Result) -> Result {
        guard let locale = unsafe locale else { return work() }
        let previous = unsafe uselocale(locale)
        defer { unsafe uselocale(previous) }
        return work()
    }
}
