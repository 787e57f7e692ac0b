internal import CPCRE2

/// A regular expression as PCRE2 takes it: finds exactly where it matches and which part of that is meant.
///
/// It sees bytes, never characters, unless it is made for text: so no input is invalid.
///
/// PCRE2 does not change a pattern once it is compiled, and documents that any number of threads may match with one, each
/// with a `PatternMatcher` of its own: hence `@unchecked Sendable` over its plain pointer.
@safe package final class RegularExpression: @unchecked Sendable {
    /// A match, in bytes of the subject.
    package struct Match {
        package let whole: Range<Int>
        /// Its group named `secret`, else its first, else the whole.
        package let secret: Range<Int>

        package init(whole: Range<Int>, secret: Range<Int>) {
            self.whole = whole
            self.secret = secret
        }
    }

    package enum Outcome {
        case match(Match)
        case none
        /// The pattern needs more time or memory than any honest input takes.
        case exhausted
    }

    private let code: OpaquePointer
    private let secretGroup: Int

    private init(code: OpaquePointer, secretGroup: Int) {
        unsafe self.code = unsafe code
        self.secretGroup = secretGroup
    }

    deinit { unsafe pcre2_code_free_8(code) }

    /// Of the library: what one version accepts another may not.
    package static var engine: String {
        var text = [UInt8](repeating: 0, count: 64)
        let count = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), &text)
        return String(decoding: text.prefix(max(0, Int(count) - 1)), as: UTF8.self)
    }

    /// Compiles `pattern`, without machine code where it is only to be checked.
    package static func compile(
        _ pattern: String, ofText: Bool = false, checkOnly: Bool = false
    ) throws(PatternError) -> RegularExpression {
        // Whoever wants a pattern to run long sees to it that a glance at the text does not rule it out.
        let checking = checkOnly ? PCRE2_NO_START_OPTIMIZE : 0
        let reading = ofText ? PCRE2_UTF : PCRE2_NEVER_UTF | PCRE2_NEVER_UCP
        let options = reading | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT | checking
        var status: Int32 = 0
        var position = 0
        let text = Array(pattern.utf8)
        guard let code = unsafe pcre2_compile_8(text, text.count, options, &status, &position, nil) else {
            throw PatternError(offset: position, reason: words(status))
        }
        // Where the processor has no compiler, the interpreter does the same, more slowly.
        if !checkOnly { unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) }
        return unsafe RegularExpression(code: code, secretGroup: secretGroup(of: code))
    }

    /// The first match in `window` that starts at or after `start`, but not behind `lastStart`, and ends at or before
    /// `limit`.
    package func firstMatch(
        in window: Span<UInt8>, from start: Int, upTo lastStart: Int = .max, limit: Int, isBeginning: Bool,
        matcher: borrowing PatternMatcher
    ) -> Outcome {
        guard start <= limit, limit <= window.count else { return .none }
        matcher.limitStarts(to: min(lastStart, limit))
        let status = unsafe window.withUnsafeBufferPointer { buffer in
            // PCRE2 takes no null pointer for an empty subject in this version.
            var nothing: UInt8 = 0
            return unsafe withUnsafePointer(to: &nothing) { nothing in
                unsafe pcre2_match_8(
                    code, buffer.baseAddress ?? nothing, limit, start, isBeginning ? 0 : PCRE2_NOTBOL,
                    matcher.data, matcher.context)
            }
        }
        guard status >= 0 else { return status == PCRE2_ERROR_NOMATCH ? .none : .exhausted }
        guard let offsets = unsafe pcre2_get_ovector_pointer_8(matcher.data) else { return .none }
        // `\K` can set the start behind the end; such a pattern captures nothing.
        guard unsafe offsets[0] <= offsets[1] else { return .none }
        let whole = unsafe Int(offsets[0])..<Int(offsets[1])
        guard secretGroup > 0 else { return .match(Match(whole: whole, secret: whole)) }
        // A group of an alternative that was not taken has no place, which is -1; groups from `status` on have none.
        let taken = (secretGroup..<max(secretGroup, Int(status))).first { group in
            unsafe offsets[2 * group] >= 0 && offsets[2 * group] <= offsets[2 * group + 1]
                && offsets[2 * group + 1] <= limit
        }
        guard let taken else { return .match(Match(whole: whole, secret: whole)) }
        let secret = unsafe Int(offsets[2 * taken])..<Int(offsets[2 * taken + 1])
        return .match(Match(whole: whole, secret: secret))
    }

    /// The first match in all of `text`.
    package func search(_ text: Span<UInt8>, _ matcher: borrowing PatternMatcher) -> Outcome {
        firstMatch(in: text, from: 0, limit: text.count, isBeginning: true, matcher: matcher)
    }

    /// Whether it is known to match anywhere in `text`.
    package func matches(_ text: Span<UInt8>, _ matcher: borrowing PatternMatcher) -> Bool {
        if case .match = search(text, matcher) { true } else { false }
    }

    /// The group named `secret`, else group 1 (where that took no part, the next that did), else the whole match.
    private static func secretGroup(of code: OpaquePointer) -> Int {
        let named = unsafe pcre2_substring_number_from_name_8(code, Array("secret\0".utf8))
        guard named < 0 else { return Int(named) }
        var count: UInt32 = 0
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
        return count > 0 ? 1 : 0
    }

    private static func words(_ status: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 256)
        let count = unsafe pcre2_get_error_message_8(status, &text, text.count)
        return String(decoding: text.prefix(max(0, Int(count))), as: UTF8.self)
    }
}
