internal import Model

extension RunViews {
    /// One sentence on the whole run, without a full stop.
    var headline: SafeText {
        let all = run.entries.count
        let failed = run.count(of: .fail)
        let unknown = run.count(of: .notAssessed) + run.count(of: .error) + run.failures
        if failed > 0 {
            let verb: SafeText = failed == 1 ? "does" : "do"
            return "\(failed) of \(all, "image") \(verb) not meet the policy"
        }
        if unknown > 0 {
            let verb: SafeText = unknown == 1 ? "is" : "are"
            return "\(unknown) of \(all, "image") \(verb) without a verdict"
        }
        return "No image breaks the policy"
    }

    /// How many images came out as what: the numbers add up to all of them.
    var lead: SafeText {
        let parts: [(count: Int, one: SafeText, many: SafeText)] = [
            (run.failures, "could not be audited", "could not be audited"),
            (run.count(of: .error), "could not be judged", "could not be judged"),
            (
                run.count(of: .notAssessed), "has its verdict withheld for want of evidence",
                "have their verdict withheld for want of evidence"
            ),
            (run.count(of: .fail), "fails", "fail"),
            (
                run.count(of: .waived), "fails with the risk accepted",
                "fail with the risk accepted"
            ),
            (run.count(of: .warn), "passes with a warning", "pass with a warning"),
            (run.count(of: .pass), "passes", "pass"),
            (run.count(of: .manual), "needs a person to judge", "need a person to judge"),
            (run.count(of: .notApplicable), "is none of the policy's", "are none of the policy's"),
        ]
        let said = parts.filter { $0.count > 0 }.map { part -> SafeText in
            "\(part.count) \(part.count == 1 ? part.one : part.many)"
        }
        return "Of \(run.entries.count, "image"): \(.joined(said, by: ", "))."
    }

    func heatMap(_ map: HeatMap) -> TemplateView {
        let isOnePlatform = run.platforms <= 1
        let cells = Dictionary(uniqueKeysWithValues: Status.allCases.map { ($0, cell($0, link: .empty)) })
        return view([
            "anchor": map.anchor,
            "title": map.title,
            "columns": map.columns.map { view(["id": $0.id, "title": $0.title, "attention": $0.attention]) },
            "isEmpty": map.columns.isEmpty,
            "silent": map.silent == 0
                ? .empty : "\(map.silent, "control") that no image of the run shows anything of" as SafeText,
            "rows": TemplateViews(run.entries) { row($0, of: map, cells, isOnePlatform: isOnePlatform) },
        ])
    }

    /// Cells without a link are the same wherever they stand, and so are made once.
    private func row(_ entry: RunEntry, of map: HeatMap, _ cells: [Status: TemplateView], isOnePlatform: Bool)
        -> TemplateView
    {
        let statuses = entry.judged.map(map.statuses) ?? []
        let page = self.link(entry)
        return view([
            "name": entry.name, "key": .word(entry.status) as SafeText,
            "platform": isOnePlatform ? .empty : entry.platform, "isJudged": entry.judged != nil,
            "span": map.columns.count,
            "cells": zip(map.columns, statuses).map { column, status in
                let plain = cells[status] ?? cell(status, link: .empty)
                return status.needsAttention && !page.isEmpty
                    ? cell(status, link: "\(page)#\(column.anchor)") : plain
            },
        ])
    }

    private func cell(_ status: Status, link: SafeText) -> TemplateView {
        view([
            "key": .word(status) as SafeText, "letter": status.letter, "link": link,
            "isLinked": !link.isEmpty,
        ])
    }
}

extension Status {
    /// As a heat map shows it, where there is no room for a word.
    var letter: SafeText {
        switch self {
        case .pass: "P"
        case .warn: "W"
        case .waived: "A"
        case .fail: "F"
        case .error: "E"
        case .notAssessed: "?"
        case .notApplicable: "–"
        case .manual: "M"
        }
    }
}
