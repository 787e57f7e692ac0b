/// Reads a document of any size, of which only some elements are wanted; as guarded as ``XMLDocument``.
package enum XMLStream {
    package enum Event {
        /// An element that is not wanted itself, without what is inside it.
        case opened(XMLElement)
        /// A wanted element, whole.
        case whole(XMLElement)
    }

    private static let depth = 64
    /// No wanted element has more nodes inside, or is larger.
    private static let nodes = 20_000
    private static let bytes = 4 << 20
    /// No document has so many different names, all of which the library keeps to the end.
    private static let names = 20_000
    private static let longestName = 1_000

    /// Gives `body` every element whose name is one of `wanted`, prefixes aside, and is not inside another such.
    ///
    /// `next` gives the document piece by piece, and at the end an empty one.
    package static func read(
        wanted: Set<String>, from next: @escaping () -> [UInt8], _ body: (Event) -> Void
    ) throws(XMLError) {
        var cursor = try XMLCursor.open(XMLByteStream(next))
        var open: [XMLElement] = []
        var outer = 0
        var count = 0
        var size = 0
        var names: Set<String> = []
        while let event = try cursor.next() {
            switch event {
            case .start(let element):
                for name in [element.name] + element.attributes.map(\.name) {
                    guard name.utf8.count <= longestName, names.contains(name) || names.count < Self.names
                    else { throw cursor.limit("more, or longer, names than in any document") }
                    names.insert(name)
                }
                guard outer + open.count < depth else {
                    throw cursor.limit("elements nested more than \(depth) deep")
                }
                if open.isEmpty, !wanted.contains(element.localName) {
                    outer += 1
                    body(.opened(element))
                } else {
                    size += element.size
                    open.append(element)
                }
            case .text(let text):
                guard !open.isEmpty else { continue }
                size += text.utf8.count
                open[open.count - 1].text += text
            case .end:
                guard let element = open.popLast() else {
                    outer -= 1
                    continue
                }
                guard open.isEmpty else {
                    open[open.count - 1].children.append(element)
                    break
                }
                count = 0
                size = 0
                body(.whole(element))
            }
            count += open.isEmpty ? 0 : 1
            guard count <= nodes else { throw cursor.limit("an element of more than \(nodes) nodes") }
            guard size <= bytes else { throw cursor.limit("an element of more than \(bytes) bytes") }
        }
    }
}

extension XMLElement {
    /// The bytes of its names and values, without what is inside.
    fileprivate var size: Int {
        attributes.reduce(name.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    }
}
