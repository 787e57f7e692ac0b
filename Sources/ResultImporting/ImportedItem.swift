package import Model

/// An identity artifact that another tool lists, before it has its place in the image.
package struct ImportedItem: Hashable, Sendable {
    package var type: InventoryType
    package var title: String
    package var place: ImportedPlace
    package var attributes: [String: AttributeValue] = [:]
}
