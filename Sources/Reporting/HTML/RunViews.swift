internal import Model

/// The run over several images as the names that the template `index` uses.
struct RunViews: ViewMaking {
    let run: RunReport
    let unknown = UnknownNames()
    /// As many images are named where several share something.
    private let shownImages = 12
    private let shownRows = 200

    func page(_ templates: TemplateLibrary) -> TemplateView {
        let severities = run.severities.map(\.severity)
        return view([
            "frame": frame(templates, title: "\(run.entries.count, "image")"),
            "tool": run.tool,
            "asOf": .instant(run.asOf) as SafeText,
            "contents": contents([
                ("images", "Images", .grouped(run.entries.count)),
                ("controls", "Controls", .grouped(run.heatMaps.reduce(0) { $0 + $1.columns.count })),
                ("causes", "Shared layers", .grouped(run.sharedLayers.count)),
                ("credentials", "Shared credentials", .grouped(run.sharedSecrets.count)),
            ]),
            "status": status(run.status),
            "headline": headline,
            "lead": lead,
            "count": .grouped(run.entries.count) as SafeText,
            "severities": run.severities.map { severity, count in
                view(["severity": .word(severity) as SafeText, "count": .grouped(count) as SafeText])
            },
            "noFindings": run.severities.isEmpty,
            "policy": run.policyTitle,
            "policyID": run.policyID,
            "keys": .joined(run.keys, by: ", ") as SafeText,
            "severalKeys": run.keys.count > 1,
            "imageFilter": imageFilter,
            "columns": severities.map { view(["severity": .word($0) as SafeText]) },
            "images": TemplateViews(run.entries) { image($0, severities) },
            "heatMaps": run.heatMaps.map(heatMap),
            "letters": Status.byAttention.map { status in
                view(["letter": status.letter, "key": .word(status) as SafeText, "label": status.label])
            },
            "causes": run.sharedLayers.prefix(shownRows).map(cause),
            "noCauses": run.sharedLayers.isEmpty,
            "hasTwins": run.hasTwins,
            "moreCauses": more(than: run.sharedLayers.count),
            "credentials": run.sharedSecrets.prefix(shownRows).map(credential),
            "noCredentials": run.sharedSecrets.isEmpty,
            "moreCredentials": more(than: run.sharedSecrets.count),
            "leftOut": run.secretsLeftOut == 0
                ? .empty
                : "\(run.secretsLeftOut, "credential") of images with more than \(HeldSecrets.limit) were not compared here"
                    as SafeText,
        ])
    }

    private func more(than count: Int) -> SafeText {
        count > shownRows ? "and \(count - shownRows) more" : .empty
    }

    private func image(_ entry: RunEntry, _ severities: [Severity]) -> TemplateView {
        let isExplained = entry.judged.map { $0.status == .notAssessed || $0.status == .error } ?? true
        return view([
            "status": status(entry.status),
            "name": entry.name,
            "link": link(entry),
            "isLinked": entry.folder != nil,
            "platform": entry.platform,
            "digest": entry.digest,
            "reason": isExplained ? entry.reason : .empty,
            "isJudged": entry.judged != nil,
            "span": severities.count + 3,
            "counts": severities.map { severity in
                let count = entry.count(of: severity)
                return view([
                    "count": count, "isSome": count > 0, "severity": .word(severity) as SafeText,
                ])
            },
            "failed": entry.judged?.failedRules ?? 0,
            "unknown": entry.judged?.unknownRules ?? 0,
            "base": entry.judged?.base ?? .empty,
        ])
    }

    func link(_ entry: RunEntry) -> SafeText { entry.folder.map { "\($0)/report.html" } ?? .empty }

    private var imageFilter: TemplateView {
        filter(
            "Verdict", group: "image", all: run.entries.count,
            options: Status.byAttention.compactMap { status in
                let count = run.entries.count { $0.status == status }
                return count == 0 ? nil : (.word(status), status.label, count)
            })
    }

    private func cause(_ layer: SharedLayer) -> TemplateView {
        let images = Set(layer.images)
        let entries = run.entries.filter { $0.judged.map { images.contains($0.image) } ?? false }
        return view([
            "place": layer.place, "secrets": layer.secrets, "count": images.count,
            "holders": holders(entries, at: .empty),
        ])
    }

    private func credential(_ secret: SharedSecret) -> TemplateView {
        // As the images' own pages have it.
        let anchor = SafeText.cleaning("f-" + secret.fingerprint.text.prefix(10))
        return view([
            "title": secret.title, "severity": .word(secret.severity) as SafeText,
            "fingerprint": .cleaning(secret.fingerprint.short) as SafeText,
            "count": secret.images,
            "holders": holders(secret.entries.map { run.entries[$0] }, at: "#\(anchor)"),
        ])
    }

    /// Images by their names, those of one digest side by side; the more images there are, the fewer names each has.
    private func holders(_ entries: [RunEntry], at anchor: SafeText) -> TemplateView {
        let names = Dictionary(grouping: entries) { $0.judged?.image }
        var seen: Set<Digest?> = []
        let images = entries.compactMap { entry in
            seen.insert(entry.judged?.image).inserted ? names[entry.judged?.image] : nil
        }
        let shown = images.prefix(shownImages)
        let shownNames = max(shownImages / max(shown.count, 1), 1)
        let more = images.count - shown.count
        return view([
            "images": shown.enumerated().flatMap { position, image in
                let names = image.prefix(shownNames)
                let others = image.count - names.count
                return names.enumerated().map { index, entry in
                    let isTwin = index < names.count - 1
                    return view([
                        "name": entry.name, "link": "\(link(entry))\(anchor)" as SafeText,
                        "isLinked": entry.folder != nil, "isTwin": isTwin,
                        "otherNames": isTwin || others == 0
                            ? .empty : "(\(others, "more name"))" as SafeText,
                        "isLast": !isTwin && position == shown.count - 1,
                    ])
                }
            },
            "more": more > 0 ? "and \(more, "more image")" : .empty as SafeText,
        ])
    }
}
