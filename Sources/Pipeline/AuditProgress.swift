/// What happens during an audit, for whoever shows it to a person.
package enum AuditProgress: Sendable {
    case opened(image: String, platform: String, layers: Int, bytes: Int)
    /// Bytes of the layer as stored.
    case layerRead(index: Int, bytes: Int)
    /// All of it was looked at, and its reports come next.
    case finished(image: String)
}

/// Receives progress from several tasks at once.
package typealias ProgressObserver = @Sendable (AuditProgress) -> Void
