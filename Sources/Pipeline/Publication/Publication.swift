import Evaluation
import Model
import Reporting

/// Renders reports and puts them where they were asked for.
enum Publication {
    /// The reports of an assessment.
    static func publish(
        _ assessment: Assessment, of evidence: Evidence, _ judged: JudgedEvidence, under policy: Policy,
        from policies: PolicySelection, _ selection: ReportSelection, _ layout: ReportLayout,
        folder name: String?, isOnlyImage: Bool
    ) async throws(AuditError) -> ImageOutcome {
        let report = report(
            on: assessment, of: evidence, judged, under: policy, judging: policies.words + layout.words,
            templates: layout.given?.digest)
        let formats = selection.formats.compactMap {
            ReportFormats.named($0, with: layout.given?.library)
        }
        let folder = folder(name, selection)
        var standardOutput: [UInt8]?
        do throws(ReportError) {
            if let folder {
                try await ReportFiles.save(report, formats: formats, in: folder)
            } else {
                standardOutput = try formats.first?.write(report)
            }
        } catch {
            throw failure(error)
        }
        // Only beside other images is there anything to compare with, and a page to show it on.
        let leaks = isOnlyImage ? [] : LayerLeak.all(in: evidence)
        let entry =
            isOnlyImage ? nil : RunEntry(report, leaks: leaks, folder: name ?? "")
        // Not the report, which would be kept for every image of a run.
        let summary = Summary(report)
        return outcome(
            of: evidence, status: assessment.status,
            warnings: lapsed(assessment) + others(in: folder, than: formats), leaks: leaks,
            entry: entry, folder: folder, standardOutput: standardOutput
        ) { summary.line(color: $0) }
    }

    /// What every format lays out; `words` are those of the command line that name the policy and given templates.
    static func report(
        on assessment: Assessment, of evidence: Evidence, _ judged: JudgedEvidence, under policy: Policy,
        judging words: [String], templates: Digest? = nil
    ) -> Report {
        Report(
            evidence: evidence, judged: judged.evidence, assessment: assessment, policy: policy,
            toolVersion: Product.version, judging: words, templates: templates)
    }

    /// The evidence alone, not judged.
    static func publish(
        _ evidence: Evidence, _ selection: ReportSelection, folder name: String?
    ) throws(AuditError) -> ImageOutcome {
        let isComplete =
            evidence.receipts.allSatisfy { $0.outcome == .completed }
            && !evidence.gaps.contains(where: \.reason.blocksPass)
        let found = Set(evidence.findings.lazy.map(\.identity)).count
        let text =
            "\(isComplete ? "COMPLETE" : "INCOMPLETE")  findings: \(found), gaps: \(evidence.gaps.count)"
        let folder = folder(name, selection)
        var standardOutput: [UInt8]?
        do throws(ReportError) {
            if let folder {
                try ReportFiles.save(evidence, in: folder)
            } else {
                standardOutput = try ReportFiles.bytes(of: evidence)
            }
        } catch {
            throw failure(error)
        }
        return outcome(
            of: evidence, status: isComplete ? .pass : .notAssessed, warnings: [],
            leaks: LayerLeak.all(in: evidence), entry: nil, folder: folder, standardOutput: standardOutput
        ) { _ in text }
    }

    private static func folder(_ name: String?, _ selection: ReportSelection) -> String? {
        selection.folder.flatMap { folder in name.map { "\(folder)/\($0)" } }
    }

    private static func outcome(
        of evidence: Evidence, status: Status, warnings: [String], leaks: [LayerLeak], entry: RunEntry?,
        folder: String?,
        standardOutput: [UInt8]?, summary: @escaping @Sendable (Bool) -> String
    ) -> ImageOutcome {
        ImageOutcome(
            image: evidence.image,
            platform: SafeText.cleaning(evidence.image.platform, limit: 60).text, status: status,
            summary: summary,
            warnings: [evidence.image.base?.warning(of: evidence.image), baselineWarning(evidence)]
                .compactMap(\.self)
                + evidence.receipts.compactMap(\.importWarning) + warnings,
            shortfalls: shortfalls(of: evidence), leaks: leaks, entry: entry, folder: folder,
            standardOutput: standardOutput)
    }

    /// The waivers and attestations that somebody gave and that count for nothing any more, or never did.
    private static func lapsed(_ assessment: Assessment) -> [String] {
        let waivers = assessment.waivers.filter { [.expired, .overBroad, .overLong].contains($0.state) }
            .map { "the waiver \($0.id) is \($0.state.rawValue): \($0.reason)" }
        let attestations = assessment.attestations.filter { $0.state == .expired }
            .map { "the attestation of \($0.control) is expired: its last day was \($0.validUntil.day)" }
        return (waivers + attestations).map { SafeText.cleaning($0, limit: 600).text }
    }

    /// The baseline may be of an image that is called otherwise, as after a move, or be the wrong one.
    private static func baselineWarning(_ evidence: Evidence) -> String? {
        guard let before = evidence.baseline?.name, !ImageFacts.isAlike(before, evidence.image.name)
        else { return nil }
        return SafeText.cleaning(
            "\(evidence.image.name): what is new is told by the baseline of another name, \(before)",
            limit: 600
        ).text
    }

    /// Reports of another run beside these, which may say otherwise.
    private static func others(in folder: String?, than formats: [any ReportFormat]) -> [String] {
        guard let folder else { return [] }
        let names = ReportFiles.others(in: folder, than: formats)
        guard !names.isEmpty else { return [] }
        return ["\(folder): another run wrote \(names.joined(separator: ", "))"]
    }

    /// What withholds a pass, since the exit status alone does not tell: the first few, and how many more.
    private static func shortfalls(of evidence: Evidence) -> [String] {
        let gaps = evidence.gaps.filter(\.reason.blocksPass).sorted()
        let told = gaps.prefix(3).map { gap in
            let place = [gap.layer.map { "layer \($0)" }, gap.path?.description].compactMap(\.self)
            return ([evidence.image.name] + place + [gap.reason.rawValue, gap.detail]).joined(separator: ": ")
        }
        let more =
            gaps.count > 3 ? ["\(evidence.image.name): \(gaps.count - 3) more gaps, in the reports"] : []
        let none =
            evidence.layers.isEmpty
            ? ["\(evidence.image.name): it has no layer, so that nothing of it was looked at"] : []
        return (none + told + more).map { SafeText.cleaning($0, limit: 600).text }
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
