import Model
import YAMLDocuments

/// A condition: `all`, `any`, `not`, or a field and what is asked of it.
enum MatcherForm {
    private static let combiners = ["all", "any", "not"]
    private static let names = combiners + ["field"] + MatcherOperator.all.map(\.name)

    /// A condition over what `subject` gives; over every field there is where it gives nil.
    static func form(over subject: @escaping @Sendable (Reading) -> FactSubject?) -> ValueForm<Matcher> {
        ValueForm(shape: .matcher) { node, reading in
            let subject = subject(reading)
            return read(node, over: subject, &reading)
        }
    }

    private static func read(
        _ node: YAMLNode, over subject: FactSubject?, _ reading: inout Reading
    ) -> Matcher? {
        guard case .mapping(let pairs) = node.content else {
            reading.report(.notMapping, at: node.mark, "a matcher must be a mapping, and is \(node.summary)")
            return nil
        }
        for pair in pairs where !names.contains(pair.key) {
            reading.report(
                .unknownKey, at: pair.keyMark, "a matcher has no key \(DisplayText.quoted(pair.key))",
                suggestion: Suggestion.nearest(to: pair.key, among: names))
        }
        let known = pairs.filter { names.contains($0.key) }
        let combined = known.filter { combiners.contains($0.key) }
        // Everything below is read even where the matcher itself is unclear, so that its mistakes show as well.
        let matchers = combined.compactMap { combination($0, over: subject, &reading) }
        guard !combined.isEmpty else {
            let isWhole = known.count == pairs.count
            return test(known, at: node.mark, isWhole: isWhole, over: subject, &reading)
        }
        guard known.count == 1 else {
            let found = DisplayText.list(known.map { DisplayText.quoted($0.key) }, "and")
            reading.report(
                .unclearMatcher, at: node.mark,
                "a matcher is all, any or not alone, or a field with one operator: this one has \(found)")
            return nil
        }
        return matchers.first
    }

    private static func combination(
        _ pair: YAMLNode.Pair, over subject: FactSubject?, _ reading: inout Reading
    ) -> Matcher? {
        if pair.key == "not" { return read(pair.value, over: subject, &reading).map(Matcher.not) }
        let element = ValueForm<Matcher>(shape: .matcher) { node, reading in
            read(node, over: subject, &reading)
        }
        let matchers = reading.reading("\"\(pair.key)\"") { Values.list(of: element).read(pair.value, &$0) }
        return matchers.map { pair.key == "all" ? .all($0) : .any($0) }
    }

    /// A field and one operator; `isWhole`: whether no unknown key may have been meant for either.
    private static func test(
        _ pairs: [YAMLNode.Pair], at mark: YAMLMark, isWhole: Bool, over subject: FactSubject?,
        _ reading: inout Reading
    ) -> Matcher? {
        let operators = pairs.filter { $0.key != "field" }
        guard let name = pairs.first(where: { $0.key == "field" }), operators.count == 1 else {
            guard isWhole || operators.count > 1 else { return nil }
            let found =
                operators.isEmpty
                ? "none" : DisplayText.list(operators.map { DisplayText.quoted($0.key) }, "and")
            let missing =
                pairs.contains { $0.key == "field" } ? "one operator, and has \(found)" : "the key \"field\""
            reading.report(.unclearMatcher, at: mark, "a matcher over a field needs \(missing)")
            return nil
        }
        guard let field = field(name.value, over: subject, &reading),
            let test = operators.first.flatMap({ test($0, of: field, &reading) })
        else { return nil }
        return .test(field, test)
    }

    private static func test(
        _ pair: YAMLNode.Pair, of field: FactField, _ reading: inout Reading
    ) -> Matcher.Test? {
        guard let found = MatcherOperator.all.first(where: { $0.name == pair.key }) else { return nil }
        guard found.types.contains(field.type) else {
            let fitting = MatcherOperator.all.filter { $0.types.contains(field.type) }.map(\.name)
            reading.report(
                .wrongOperator, at: pair.keyMark,
                "\"\(found.name)\" cannot test \(field.name), whose type is \(field.type.rawValue): "
                    + "use \(DisplayText.list(fitting))")
            return nil
        }
        return reading.reading("\"\(found.name)\" of \(field.name)") { found.read(pair.value, field, &$0) }
    }

    private static func field(
        _ node: YAMLNode, over subject: FactSubject?, _ reading: inout Reading
    ) -> FactField? {
        guard let name = reading.reading("\"field\"", { Values.text.read(node, &$0) }) else { return nil }
        let fields = FactField.all.filter { field in subject.map { field.subjects.contains($0) } ?? true }
        if let field = fields.first(where: { $0.name == name }) { return field }
        if let label = FactField.named(name, of: .image), subject ?? .image == .image { return label }
        let others = FactField.all.first { $0.name == name }?.subjects.map(\.rawValue) ?? []
        let owner = subject.map { "of each \($0.rawValue) " } ?? ""
        let elsewhere = others.isEmpty ? "" : ": it is a field of each \(DisplayText.list(others))"
        reading.report(
            .unknownField, at: node.mark,
            "no field \(owner)is called \(DisplayText.quoted(name))\(elsewhere)",
            suggestion: others.isEmpty ? Suggestion.nearest(to: name, among: fields.map(\.name)) : nil)
        return nil
    }
}
