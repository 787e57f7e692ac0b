/// Where an object or a list begins, and the position behind its end.
struct JSONExtent {
    /// Kept are those of the document, its members and the elements of these, which are passed more than once: what lies
    /// in them is short.
    static let deepest = 3

    let start: Int
    var end: Int
}
