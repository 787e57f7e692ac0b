extension Finding {
    /// How many other images of the run hold the same secret; several platforms of one image are one.
    package var sharedImages: Int { Set((sharedWith ?? []).map(\.name)).count }
}
