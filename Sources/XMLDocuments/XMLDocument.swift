/// Reads a whole XML document, with everything switched off that makes reading XML dangerous.
///
/// No network, no document type and therefore no entities, bounds on bytes, depth and nodes.
package enum XMLDocument {
    package struct Limits: Sendable {
        package var bytes = 64 << 20
        package var depth = 64
        package var nodes = 2_000_000

        package init() {}
    }

    /// The root element of the document in `bytes`.
    package static func parse(_ bytes: [UInt8], limits: Limits = Limits()) throws(XMLError) -> XMLElement {
        guard bytes.count <= limits.bytes else {
            throw XMLError(
                code: .limit, place: "the document",
                reason: "\(bytes.count) bytes are more than the \(limits.bytes) that are read")
        }
        var cursor = try XMLCursor.open(bytes)
        var open: [XMLElement] = []
        var root: XMLElement?
        var nodes = 0
        while let event = try cursor.next() {
            nodes += 1
            guard nodes <= limits.nodes else { throw cursor.limit("more than \(limits.nodes) nodes") }
            switch event {
            case .start(let element):
                guard open.count < limits.depth else {
                    throw cursor.limit("elements nested more than \(limits.depth) deep")
                }
                open.append(element)
            case .text(let text):
                guard !open.isEmpty else { continue }
                open[open.count - 1].text += text
            case .end:
                guard let element = open.popLast() else { continue }
                if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
            }
        }
        guard let root else {
            throw XMLError(code: .malformed, place: "the document", reason: "no root element")
        }
        return root
    }
}
