/// Values that specifications and the documentation of common libraries show as examples, so that half of all programs
/// that speak a protocol have them in their comments.
enum PublishedSamples {
    /// In lower case.
    private static let values = Set(
        (authorization + signedRequests + libraries + help).map { Array($0.lowercased().utf8) })

    /// RFC 6749 and 6750.
    private static let authorization = [
        "2YotnFZFEjr1zCsicMWpAA", "tGzv3JOkF0XG5Qx2TlKWIA", "SplxlOBeZQQYbYS6WxSbIA", "gX1fBat3bV",
        "7Fjfp0ZBr1KtDRbnfVdmIw", "mF_9.B5f-4.1JqM",
    ]

    /// RFC 5849, and the OAuth specifications before it.
    private static let signedRequests = [
        "9djdj82h48djs9d2", "kkk9d7dh3k39sjv7", "0685bd9184jfhq22", "ad180jjd733klru7", "j49sk3j29djd",
        "dh893hdasih9", "dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00",
        "hh5s93j4hdidpola", "hdhd0244k9j7ao03", "jd83jd92dhsh93js", "ja893SD9",
    ]

    /// oauthlib and requests-oauthlib.
    private static let libraries = [
        "sdf0o9823sjdfsdf", "2kjshdfp92i34asdasd", "lsdajfh923874", "askfjh234as9sd8",
    ]

    /// kubectl, which shows it to whoever asks how to set credentials.
    private static let help = ["uXFGweU9l35qcif"]

    /// Whether `text`, in lower case, is one of them.
    static func contain(_ text: [UInt8]) -> Bool { values.contains(text) }
}
