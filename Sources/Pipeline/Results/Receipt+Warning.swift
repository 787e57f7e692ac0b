import Model
import Reporting

extension Receipt {
    /// What whoever gave a tool's results should know of them at once; nil where all is well, and for our own detectors.
    var importWarning: String? {
        guard let imported else { return nil }
        let tool = SafeText.cleaning(tool, limit: 60).text
        if outcome != .completed, let reason {
            return
                "results of \(tool): \(SafeText.cleaning(reason, limit: 400).text); what it could have found is not assessed"
        }
        guard imported.binding == .assumed else { return nil }
        return "results of \(tool) name no image; they were taken to be about this one"
    }
}
