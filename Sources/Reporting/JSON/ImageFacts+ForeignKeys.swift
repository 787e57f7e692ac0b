internal import Model

extension ImageFacts {
    /// The keys of its JSON form that the image chose, and not we.
    var foreignKeys: [String] { Array(annotations.keys) + Array((labels ?? [:]).keys) }
}
