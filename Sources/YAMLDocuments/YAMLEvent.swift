/// What libyaml saw next, as a Swift value.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd
        case documentStart(hasTagDirectives: Bool)
        case documentEnd
        case alias
        case scalar(text: String, isPlain: Bool)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
    }

    let kind: Kind
    let mark: YAMLMark
    /// Whether `&name` stands before the node.
    let hasAnchor: Bool
    /// Whether `!tag` stands before the node.
    let hasTag: Bool
}
