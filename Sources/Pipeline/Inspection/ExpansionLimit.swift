/// How far archives inside a file are opened before that counts as an attack rather than as content.
struct ExpansionLimit: Sendable {
    /// Archives within archives.
    var depth = 6
    /// Bytes that come out of one file of a layer, all its archives together.
    var bytes = 4 << 30
    /// Bytes that come out for each that goes in, looked at from ``ratioFrom`` bytes on.
    var ratio = 250
    var ratioFrom = 64 << 20
}
