internal import CPCRE2

/// What matching takes beside the pattern, for one thread: room for the result, limits, a stack.
@safe package struct PatternMatcher: ~Copyable {
    let data: OpaquePointer
    let context: OpaquePointer
    private let stack: OpaquePointer

    /// Groups that can be told apart; patterns have far fewer.
    private static let groups: UInt32 = 32

    package init(matchLimit: UInt32 = 2_000_000) {
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

    /// No match is looked for that starts behind `offset`.
    func limitStarts(to offset: Int) { unsafe pcre2_set_offset_limit_8(context, max(0, offset)) }

    deinit {
        unsafe pcre2_match_data_free_8(data)
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_jit_stack_free_8(stack)
    }
}
