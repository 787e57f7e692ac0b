/// Why PCRE2 takes no such pattern.
package struct PatternError: Error, Hashable, Sendable {
    /// The byte of the pattern behind which it gave up, from 0.
    package let offset: Int
    /// PCRE2's own words.
    package let reason: String
}
