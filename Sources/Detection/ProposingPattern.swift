/// A pattern for the first stage, and whom to blame where it does not compile.
struct ProposingPattern: Hashable, Sendable {
    let pattern: String
    /// The rule and where it is written.
    let place: String
}
