internal import XMLDocuments

/// CycloneDX's XML as its JSON has the same.
enum CycloneDXText {
    /// Elements of which the children make up a list.
    private static let lists: Set<String> = [
        "components", "vulnerabilities", "ratings", "affects", "properties", "services", "hashes",
    ]

    static func value(of element: XMLElement) -> JSONValue {
        if lists.contains(element.localName) { return .list(element.children.map(value)) }
        if element.children.isEmpty, element.attributes.isEmpty { return .text(element.word ?? "") }
        var members: [String: JSONValue] = [:]
        for attribute in element.attributes { members[attribute.name] = .text(attribute.value) }
        for child in element.children where members[child.localName] == nil {
            members[child.localName] = value(of: child)
        }
        if element.children.isEmpty, let word = element.word { members["value"] = .text(word) }
        return .object(members)
    }
}
