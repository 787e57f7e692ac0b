/// The fields of which the value is a part of the subject itself, by their names.
package enum FactKey: String, Sendable {
    case kind, rule, severity, confidence, detector, title, type
    case path, within, config, layer
    case persistence, origin, createdBy, sharedImages, inSource, rated, verified, suppressed
    case name, platform, registry, created, environment, based, baseline, compared, comparedEnvironments
    case layers, components, signatures
}
