internal import CPCRE2

/// One pattern for the second stage: finds exactly where it matches and which part of that is the secret.
///
/// Patterns see bytes, never characters, so that no input is invalid.
///
/// PCRE2 does not change a pattern once it is compiled, and documents that any number of threads may match with one, each
/// with a `PatternMatcher` of its own: hence `@unchecked Sendable` over its plain pointer.
@safe final class ConfirmingPattern: @unchecked Sendable {
    /// A match, in bytes of the subject.
    struct Match {
        let whole: Range<Int>
        let secret: Range<Int>
    }

    enum Outcome {
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
    static var engine: String {
        var text = [UInt8](repeating: 0, count: 64)
        let count = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), &text)
        return String(decoding: text.prefix(max(0, Int(count) - 1)), as: UTF8.self)
    }

    /// Compiles `pattern`, without machine code where it is only to be checked.
    static func compile(
        _ pattern: String, place: String, checkOnly: Bool = false
    ) throws(DetectionError) -> ConfirmingPattern {
        // Whoever wants a pattern to run long sees to it that a glance at the text does not rule it out.
        let checking = checkOnly ? PCRE2_NO_START_OPTIMIZE : 0
        let options = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C | checking
        var status: Int32 = 0
        var position = 0
        let text = Array(pattern.utf8)
        guard let code = unsafe pcre2_compile_8(text, text.count, options, &status, &position, nil) else {
            throw DetectionError(
                code: .patternInvalid, place: place,
                reason: "pattern not accepted by PCRE2 at byte \(position)",
                underlying: words(status))
        }
        // Where the processor has no compiler, the interpreter does the same, more slowly.
        if !checkOnly { unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) }
        return unsafe ConfirmingPattern(code: code, secretGroup: secretGroup(of: code))
    }

    /// The first match in `window` that starts at or after `start` and ends at or before `limit`.
    func firstMatch(
        in window: Span<UInt8>, from start: Int, limit: Int, isBeginning: Bool,
        matcher: borrowing PatternMatcher
    ) -> Outcome {
        guard start <= limit, limit <= window.count else { return .none }
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
    func search(_ text: Span<UInt8>, _ matcher: borrowing PatternMatcher) -> Outcome {
        firstMatch(in: text, from: 0, limit: text.count, isBeginning: true, matcher: matcher)
    }

    /// Whether it is known to match anywhere in `text`.
    func matches(_ text: Span<UInt8>, _ matcher: borrowing PatternMatcher) -> Bool {
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

/// What matching takes beside the pattern, for one thread: room for the result, limits, a stack.
@safe struct PatternMatcher: ~Copyable {
    fileprivate let data: OpaquePointer
    fileprivate let context: OpaquePointer
    private let stack: OpaquePointer

    /// Groups that can be told apart; patterns have far fewer.
    private static let groups: UInt32 = 32

    init(matchLimit: UInt32 = 2_000_000) {
        guard let data = unsafe pcre2_match_data_create_8(Self.groups, nil),
            let context = unsafe pcre2_match_context_create_8(nil),
            let stack = unsafe pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)
        else { preconditionFailure("PCRE2 is out of memory") }
        unsafe self.data = data
        unsafe self.context = context
        unsafe self.stack = stack
        unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
        unsafe pcre2_set_match_limit_8(context, matchLimit)
        unsafe pcre2_set_depth_limit_8(context, 100_000)
        unsafe pcre2_set_heap_limit_8(context, 20_000)
    }

    deinit {
        unsafe pcre2_match_data_free_8(data)
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_jit_stack_free_8(stack)
    }
}
