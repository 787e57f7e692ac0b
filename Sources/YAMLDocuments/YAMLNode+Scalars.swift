extension YAMLNode {
    /// The text, which must be in quotes where YAML 1.1 or 1.2 would take it for something else.
    package func string() throws(YAMLMismatch) -> String {
        guard case .scalar(let text, let isPlain) = content else {
            throw YAMLMismatch(at: mark, "must be text, and is \(summary)")
        }
        guard isPlain else { return text }
        let plain = PlainScalar(text)
        guard plain.value != .null else { throw YAMLMismatch(at: mark, "must be text, and is empty") }
        guard plain.value == .string else {
            throw YAMLMismatch(
                at: mark, "must be text, and without quotes is \(plain.summary)", remedy: quoted(text))
        }
        guard let legacy = plain.legacyMeaning else { return text }
        throw YAMLMismatch(
            at: mark, "must be text, and without quotes is \(legacy) in YAML 1.1", remedy: quoted(text))
    }

    /// The boolean: `true` or `false`.
    package func boolean() throws(YAMLMismatch) -> Bool {
        let plain = try plainScalar(wanted: "true or false")
        if case .boolean(let flag) = plain.value { return flag }
        guard plain.legacyMeaning == "a boolean" else {
            throw YAMLMismatch(at: mark, "must be true or false, and is \(plain.summary)")
        }
        let isTrue = ["y", "yes", "on"].contains(plain.text.lowercased())
        throw YAMLMismatch(
            at: mark, "must be true or false, and is a boolean in YAML 1.1 only",
            remedy: isTrue ? "true" : "false")
    }

    /// The whole number, which must mean the same in YAML 1.1.
    package func integer() throws(YAMLMismatch) -> Int {
        let plain = try plainScalar(wanted: "a whole number")
        try refuseTwoMeanings(plain, wanted: "a whole number")
        switch plain.value {
        case .integer(let number): return number
        case .decimal(let number) where number.rounded() == number && abs(number) > Double(Int.max / 2):
            throw YAMLMismatch(at: mark, "must be a whole number, and is too large for one")
        case .decimal: throw YAMLMismatch(at: mark, "must be a whole number, and is a fraction")
        default: throw YAMLMismatch(at: mark, "must be a whole number, and is \(plain.summary)")
        }
    }

    /// The number, which must be finite and mean the same in YAML 1.1.
    package func number() throws(YAMLMismatch) -> Double {
        let plain = try plainScalar(wanted: "a number")
        try refuseTwoMeanings(plain, wanted: "a number")
        switch plain.value {
        case .integer(let number): return Double(number)
        case .decimal(let number) where number.isFinite: return number
        case .decimal: throw YAMLMismatch(at: mark, "must be a number, and is not a finite one")
        default: throw YAMLMismatch(at: mark, "must be a number, and is \(plain.summary)")
        }
    }

    private func plainScalar(wanted: String) throws(YAMLMismatch) -> PlainScalar {
        guard case .scalar(let text, let isPlain) = content else {
            throw YAMLMismatch(at: mark, "must be \(wanted), and is \(summary)")
        }
        guard isPlain else {
            let fits = PlainScalar(text).value != .string && PlainScalar(text).value != .null
            throw YAMLMismatch(
                at: mark, "must be \(wanted), and in quotes is text", remedy: fits ? text : nil)
        }
        return PlainScalar(text)
    }

    private func refuseTwoMeanings(_ plain: PlainScalar, wanted: String) throws(YAMLMismatch) {
        guard let legacy = plain.legacyMeaning else { return }
        throw YAMLMismatch(
            at: mark, "must be \(wanted), and is \(legacy) in YAML 1.1, \(plain.summary) in YAML 1.2")
    }

    private func quoted(_ text: String) -> String { "\"\(text)\"" }
}
