import Evaluation
import Model
import Reporting

/// Renders reports and puts them where they were asked for.
enum Publication {
    /// The reports of an assessment.
    static func publish(
        _ assessment: Assessment, of evidence: Evidence, under policy: Policy,
        from policies: PolicySelection, _ selection: ReportSelection, _ layout: ReportLayout
    ) throws(AuditError) -> ImageOutcome {
        let report = report(
            on: assessment, of: evidence, under: policy, judging: policies.words + layout.words,
            templates: layout.given?.digest)
        // Not the report, which would be kept for every image of a run.
        let (plain, coloured) = (Summary.line(report, color: false), Summary.line(report, color: true))
        do throws(ReportError) {
            let formats = selection.formats.compactMap {
                ReportFormats.named($0, with: layout.given?.library)
            }
            return try deliver(
                try ReportFiles.render(report, formats: formats), of: evidence, selection, report: report,
                status: assessment.status
            ) { $0 ? coloured : plain }
        } catch {
            throw failure(error)
        }
    }

    /// What every format lays out; `words` are those of the command line that name the policy and given templates.
    static func report(
        on assessment: Assessment, of evidence: Evidence, under policy: Policy, judging words: [String],
        templates: Digest? = nil
    ) -> Report {
        Report(
            evidence: evidence,
            judged: Evaluator.judged(evidence, against: policy, asOf: assessment.asOf),
            assessment: assessment, policy: policy, toolVersion: Product.version, judging: words,
            templates: templates)
    }

    /// The evidence alone, not judged.
    static func publish(_ evidence: Evidence, _ selection: ReportSelection) throws(AuditError) -> ImageOutcome
    {
        let isComplete = evidence.receipts.allSatisfy { $0.outcome == .completed }
        let text =
            "\(isComplete ? "COMPLETE" : "INCOMPLETE")  findings: \(evidence.findings.count), gaps: \(evidence.gaps.count)"
        do throws(ReportError) {
            let file = try ReportFiles.evidence(evidence)
            return try deliver(
                [file], of: evidence, selection, status: isComplete ? .pass : .notAssessed
            ) { _ in text }
        } catch {
            throw failure(error)
        }
    }

    private static func deliver(
        _ files: [ReportFiles.File], of evidence: Evidence, _ selection: ReportSelection,
        report: Report? = nil, status: Status, summary: @escaping @Sendable (Bool) -> String
    ) throws(ReportError) -> ImageOutcome {
        let folder = selection.folder.map { $0 + "/" + evidence.image.folderName }
        if let folder { try ReportFiles.save(files, in: folder) }
        let leaks = LayerLeak.all(in: evidence)
        return ImageOutcome(
            image: evidence.image,
            platform: SafeText.cleaning(evidence.image.platform, limit: 60).text, status: status,
            summary: summary,
            warnings: [evidence.image.base?.warning(of: evidence.image)].compactMap(\.self)
                + evidence.receipts.compactMap(\.importWarning),
            leaks: leaks,
            entry: report.map { RunEntry($0, leaks: leaks, folder: evidence.image.folderName) },
            folder: folder,
            standardOutput: folder == nil ? files.first?.bytes : nil)
    }

    /// Writes one file, whose folder is made where it is missing.
    static func save(_ bytes: [UInt8], to file: String) throws(AuditError) {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        let place = parts.count == 1 ? "." : folder.isEmpty ? "/" : folder
        do throws(ReportError) {
            try ReportFiles.save(
                [ReportFiles.File(name: String(parts.last ?? ""), bytes: bytes)], in: place)
        } catch {
            throw failure(error)
        }
    }

    static func failure(_ error: ReportError) -> AuditError {
        let code: AuditError.Code =
            switch error.code {
            case .folder, .write, .occupied: .unwritableOutput
            case .template, .encoding: .brokenReport
            }
        let reason = error.underlying.map { "\(error.reason): \($0)" } ?? error.reason
        return AuditError(code: code, place: error.place, reason: reason)
    }
}
