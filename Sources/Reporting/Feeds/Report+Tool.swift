extension Report {
    /// The version alone, where a format has a field of its own for the name.
    var toolVersion: SafeText { .cleaning(String(tool.text.drop { $0 != " " }.dropFirst())) }
}
