import Model
import YAMLDocuments

/// An entry of a framework's `controls`.
enum ControlForm {
    static let form: ValueForm<Control> = mapping(
        "a control", "one requirement of a framework",
        required("id", Values.name(of: .control, .publishedName), "as published: NHI2:2025, PR.DS-01"),
        required("title", Values.text, "as published"),
        required("group", Values.reference(to: .group, .publishedName), "the group it is listed under"),
        optional(
            "aliases", Values.list(of: Values.name(of: .control, .alias)),
            "other spellings that mean this control"),
        required("reach", Values.choice(Control.Reach.self), "how far an image can decide it"),
        optional("canSay", Values.text, "what an image can say of it; needed unless reach is none or fleet"),
        optional("cannotSay", Values.text, "what an image cannot say of it"),
        make: control)

    @Sendable private static func control(
        _ node: YAMLNode, _ reading: inout Reading, id: String, title: String, group: String,
        aliases: [String]?, reach: Control.Reach, canSay: String?, cannotSay: String?
    ) -> Control? {
        if canSay == nil, reach != .none, reach != .fleet {
            reading.report(
                .missingKey, at: node.mark, "a control with reach \(reach.rawValue) needs the key \"canSay\"")
        }
        if canSay != nil, reach == .none {
            reading.report(
                .contradiction, at: node["canSay"]?.mark ?? node.mark,
                "a control of which no image can tell (reach: none) has nothing for \"canSay\"")
        }
        return Control(
            id: id, title: title, group: group, aliases: aliases ?? [], reach: reach, canSay: canSay,
            cannotSay: cannotSay)
    }
}
