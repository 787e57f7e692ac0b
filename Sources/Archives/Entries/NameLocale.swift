internal import Glibc

/// The character set in which libarchive is to see names, whatever the process is set to.
///
/// Reading tar in the C locale leaves names the bytes that they are: in a UTF-8 locale libarchive normalises them.
/// The names of zip and 7z archives, which may be stored in other forms, come out in UTF-8.
@safe struct NameLocale: ~Copyable {
    enum Choice: String {
        case bytes = "C"
        case utf8 = "C.UTF-8"
    }

    private let locale: locale_t?

    init(_ choice: Choice) { unsafe locale = newlocale(LC_CTYPE_MASK, choice.rawValue, nil) }

    deinit { if let locale = unsafe locale { unsafe freelocale(locale) } }

    /// Does `work` with this thread set to the character set.
    func scoped<Result>(_ work: () -> Result) -> Result {
        guard let locale = unsafe locale else { return work() }
        let previous = unsafe uselocale(locale)
        defer { unsafe uselocale(previous) }
        return work()
    }
}
