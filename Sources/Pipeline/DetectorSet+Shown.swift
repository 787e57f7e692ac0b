import Detection
import Reporting

extension DetectorSet {
    /// Text of an image or of who asks for it, fit to be shown while the audit runs: cleaned, and its secrets masked.
    func shown(_ text: String) -> String {
        guard let scanner = try? makeScanner() else { return "image" }
        return SafeText.cleaning(scanner.mask(text)).text
    }
}
