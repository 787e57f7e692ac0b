/// The names that a template can use at one place, and for those that lead to views, the names in these.
///
/// The pages' views are held against this by a test, so that it says neither more nor less than there is.
struct TemplateNames: Sendable {
    /// What stands behind a name.
    indirect enum Value: Sendable {
        /// Text, a number or a yes or no: what it is for is shown or asked.
        case plain
        /// Text of a row that is laid out once for all of them: it can be shown, and not asked for.
        case cell
        /// A view or a list of them: `{{#name}}` goes into it, and no name from outside is known there.
        case view(TemplateNames)
    }

    let values: [String: Value]

    /// Names of plain values, separated by white space, and those that lead further.
    init(_ plain: String, _ views: [String: TemplateNames] = [:]) {
        let names = plain.split(whereSeparator: \.isWhitespace).map { (String($0), Value.plain) }
        values = Dictionary(names) { first, _ in first }.merging(views.mapValues(Value.view)) { $1 }
    }

    /// Names of a row's texts.
    init(cells: some Sequence<String>) {
        values = Dictionary(cells.map { ($0, .cell) }) { first, _ in first }
    }

    /// What the templates that are rendered by themselves can use, by their names.
    static let pages: [String: TemplateNames] = ["report": report, "index": index, "finding": finding]

    private static let frame = TemplateNames("pageTitle styleSheet styleHash script scriptHash")
    private static let contents = TemplateNames("anchor title count")
    private static let severity = TemplateNames("severity count")
    private static let filter = TemplateNames(
        "legend", ["options": TemplateNames("group key label count isFirst")])
    private static let counts = TemplateNames("count", ["status": status])
    private static let bar = TemplateNames("x width key")

    private static let report = TemplateNames(
        "tool asOf asOfDay hasMetRules isLong noSubjects noInventory noGaps isWhole noReceipts "
            + "hasContradictions",
        [
            "frame": frame, "contents": contents, "verdict": verdict, "basis": basis, "scorecards": scorecard,
            "timeline": timeline, "layers": layer, "frameworks": framework, "controlFilter": filter,
            "openRules": rule, "metRules": metRules, "remedies": remedy, "findingFilters": filter,
            "signOffs": signOffs,
            "inventory": TemplateNames(
                "title count", ["items": TemplateNames("title place layer fate details")]),
            "gaps": TemplateNames("layer path reason bytes detail weight"),
            "receipts": TemplateNames("detector tool rules provides coverage outcome reason notes"),
            "contradictions": TemplateNames("matter sides amount", ["subjects": references]),
            "reproduce": TemplateNames("command key", ["inputs": TemplateNames("name digest")]),
        ])

    private static let verdict = TemplateNames(
        "headline lead reason kind image digest platform created base noFindings items areSeveral",
        ["status": status, "severities": severity])
    private static let basis = TemplateNames(
        "layers bytes gaps noDetectors policy policyID policyDigest key asOf",
        ["detectors": TemplateNames("name")])
    private static let scorecard = TemplateNames(
        "anchor title publisher total hasParts",
        [
            "bar": bar, "counts": counts,
            "parts": TemplateNames("title total", ["bar": bar, "counts": counts]),
        ])
    private static let rule = TemplateNames(
        "anchor id title severity effect isOpen reason rationale remediation requires receipts source controls",
        ["status": status, "subjects": references])
    private static let metRules = TemplateNames(
        "requires reason receipts", ["rules": TemplateNames("anchor id title severity")])

    private static let index = TemplateNames(
        "tool asOf headline lead count noFindings policy policyID keys severalKeys noCauses hasTwins moreCauses "
            + "noCredentials moreCredentials leftOut",
        [
            "frame": frame, "contents": contents, "status": status, "severities": severity,
            "imageFilter": filter, "columns": TemplateNames("severity"),
            "images": TemplateNames(
                "name link isLinked platform digest reason isJudged span failed unknown base",
                ["status": status, "counts": TemplateNames("count isSome severity")]),
            "heatMaps": heatMap, "letters": TemplateNames("letter key label"),
            "causes": TemplateNames("place secrets count", ["holders": holders]),
            "credentials": TemplateNames("title severity fingerprint count", ["holders": holders]),
        ])
    private static let holders = TemplateNames(
        "more", ["images": TemplateNames("name link isLinked isLast isTwin otherNames")])
    private static let heatMap = TemplateNames(
        "anchor title isEmpty silent",
        [
            "columns": TemplateNames("id title attention"),
            "rows": TemplateNames(
                "name key platform isJudged span", ["cells": TemplateNames("key letter link isLinked")]),
        ])
}
