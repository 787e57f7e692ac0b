internal import Model

/// The controls of one framework over all images of a run.
struct HeatMap: Sendable {
    struct Column: Sendable {
        let id: SafeText
        let title: SafeText
        /// Where a report has the control.
        let anchor: SafeText
        /// In how many images somebody should look at it.
        let attention: Int
        fileprivate let position: Int
    }

    let title: SafeText
    let anchor: SafeText
    /// The controls that say something of at least one image.
    let columns: [Column]
    /// How many others there are, which only people can judge.
    let silent: Int
    private let framework: Int

    /// `framework` is the position of the scorecard, in which no image has a say.
    init(_ scorecard: Scorecard, at framework: Int, of entries: [RunEntry]) {
        title = scorecard.title
        anchor = scorecard.anchor
        self.framework = framework
        let controls = scorecard.controls
        columns = controls.enumerated().compactMap { position, control in
            let statuses = entries.compactMap { $0.judged?.controls[framework][position] }
            guard statuses.contains(where: { $0 != .manual && $0 != .notApplicable }) else { return nil }
            return Column(
                id: control.id, title: control.title, anchor: control.anchor(in: scorecard),
                attention: statuses.count(where: \.needsAttention), position: position)
        }
        silent = controls.count - columns.count
    }

    /// What came out for the image, column by column.
    func statuses(of judged: RunEntry.Judged) -> [Status] {
        columns.map { judged.controls[framework][$0.position] }
    }
}
