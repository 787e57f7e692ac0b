/// What the approved set says of a trust anchor.
package enum TrustStanding: String, Codable, Sendable, CaseIterable {
    /// Somebody vouches for it: the policy's documents, or the distribution whose package it is from.
    case approved
    /// It ran out, or its approval did.
    case stale
    /// Nobody vouches for it.
    case unknown
}
