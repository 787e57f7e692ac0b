/// A test argument that is shown by its name, because the value itself would fill the log.
package struct Named<Value: Sendable>: Sendable, CustomStringConvertible {
    package let description: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
        description = name
        self.value = value
    }
}
