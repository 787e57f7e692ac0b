internal import Model

/// What the views of every page are made with.
protocol ViewMaking {
    var unknown: UnknownNames { get }
}

extension ViewMaking {
    func view(_ fields: [String: any TemplateValue]) -> TemplateView {
        TemplateView(fields, unknown: unknown)
    }

    /// What every page begins and ends with.
    func frame(_ templates: TemplateLibrary, title: SafeText) -> TemplateView {
        view([
            "pageTitle": title,
            "styleSheet": templates.styleSheet, "styleHash": templates.styleHash,
            "script": templates.script, "scriptHash": templates.scriptHash,
        ])
    }

    /// A status as sign and word: never by colour alone.
    func status(_ status: Status) -> TemplateView {
        view(["key": .word(status) as SafeText, "label": status.label])
    }

    /// The list of the page's sections, each with how much is in it.
    func contents(_ entries: [(anchor: SafeText, title: SafeText, count: SafeText)]) -> [TemplateView] {
        entries.map { view(["anchor": $0.anchor, "title": $0.title, "count": $0.count]) }
    }

    /// Buttons that leave only some rows to be seen; the style sheet knows the `group` and the `keys`.
    func filter(
        _ legend: SafeText, group: SafeText, all: Int, options: [(key: SafeText, label: SafeText, count: Int)]
    ) -> TemplateView {
        let every: (key: SafeText, label: SafeText, count: Int) = ("all", "all", all)
        return view([
            "legend": legend,
            "options": ([every] + options).enumerated().map { position, option in
                view([
                    "group": group, "key": option.key, "label": option.label,
                    "count": .grouped(option.count) as SafeText, "isFirst": position == 0,
                ])
            },
        ])
    }
}
