/// What a request shows to be let in; no way of printing it shows what it is.
package enum HTTPAuthorization: Hashable, Sendable {
    case basic(user: String, password: String)
    case bearer(String)
}

extension HTTPAuthorization: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .basic: "basic …"
        case .bearer: "bearer …"
        }
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
