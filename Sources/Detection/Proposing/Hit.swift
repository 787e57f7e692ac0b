/// Where a pattern matched: a run of ends that lie close together.
///
/// A pattern such as `[a-z]{20,}` matches anew at each byte; one run stands for all of those.
struct Hit: Sendable {
    let pattern: Int
    let firstEnd: Int
    var lastEnd: Int

    /// Ends that lie no further apart than this are one run.
    static let reach = 64
}
