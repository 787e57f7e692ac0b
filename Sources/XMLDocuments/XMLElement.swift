/// An element as read: its name, its attributes in order, what is inside.
package struct XMLElement: Hashable, Sendable {
    package struct Attribute: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    /// The name as written, prefix included.
    package let name: String
    package internal(set) var attributes: [Attribute]
    package internal(set) var children: [XMLElement]
    /// The text directly inside, joined over any children.
    package internal(set) var text: String
    /// The line on which it starts, from 1.
    package let line: Int

    /// The name without its prefix.
    package var localName: String { name.split(separator: ":").last.map(String.init) ?? name }

    /// The value of the attribute of this name.
    package subscript(attribute: String) -> String? {
        attributes.first { $0.name == attribute }?.value
    }

    /// The children of this name, in order.
    package func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }
}
