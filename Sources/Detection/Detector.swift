internal import Model

/// Something that looks at files and metadata and says what it sees.
///
/// A detector is immutable and shared; what changes while scanning lives in its scanners, one for each task.
/// To add one: a file in `Detectors/` and a line in `Detectors.all`.
protocol Detector: Sendable {
    /// As in findings and receipts.
    var id: String { get }
    var version: String { get }
    var provides: [EvidenceClass] { get }
    /// A digest of the rules it works by; nil where its code is all there is.
    var rules: Digest? { get }
    /// What it wants searched for in every window of every file, all detectors' at once.
    var proposals: [ProposingPattern] { get }

    /// What it looks for in a file because of its path alone, as numbers that mean something to it.
    func purposes(of path: EntryPath) -> [Int]
    func makeScanner() -> any DetectorScanner
}

extension Detector {
    func purposes(of path: EntryPath) -> [Int] { [] }
}

/// A detector at work on one file after another.
protocol DetectorScanner: AnyObject {
    /// A new file; what it says of itself may be enough to see something.
    func begin(_ file: ScannedFile, into log: inout SightingLog) -> Interest
    /// Asked at the start of a file where `begin` said `.contentIfBeginning`.
    func wantsContent(_ file: ScannedFile, beginning: Span<UInt8>) -> Bool
    /// A window in which a proposal matched, or any where `begin` said `.windows`.
    ///
    /// `hits` counts proposals from the detector's own first, in order.
    func scan(
        _ window: Span<UInt8>, at position: WindowPosition, hits: ArraySlice<Hit>, into log: inout SightingLog
    )
    /// The whole content, where it was wanted and is not too long.
    func examine(_ content: Span<UInt8>, of file: ScannedFile, into log: inout SightingLog)
    /// Text of the image's metadata; the field's name is nil where the text is only to be masked.
    func inspectField(
        _ name: String?, _ text: Span<UInt8>, hits: ArraySlice<Hit>, into log: inout SightingLog)
    /// The image's metadata as a whole.
    func inspect(_ configuration: ImageConfiguration, into log: inout SightingLog)
}

extension DetectorScanner {
    func begin(_ file: ScannedFile, into log: inout SightingLog) -> Interest { [] }
    func wantsContent(_ file: ScannedFile, beginning: Span<UInt8>) -> Bool { false }
    func scan(
        _ window: Span<UInt8>, at position: WindowPosition, hits: ArraySlice<Hit>, into log: inout SightingLog
    ) {}
    func examine(_ content: Span<UInt8>, of file: ScannedFile, into log: inout SightingLog) {}
    func inspectField(
        _ name: String?, _ text: Span<UInt8>, hits: ArraySlice<Hit>, into log: inout SightingLog
    ) {}
    func inspect(_ configuration: ImageConfiguration, into log: inout SightingLog) {}
}

/// What a detector wants to see of a file beside windows with hits.
struct Interest: OptionSet {
    let rawValue: UInt8

    static let windows = Interest(rawValue: 1)
    static let content = Interest(rawValue: 2)
    static let contentIfBeginning = Interest(rawValue: 4)
}

/// The file at hand.
struct ScannedFile {
    let entry: FileEntry
    let within: [String]
    /// The path that tells its role, without leading slash: inside an archive that of the member.
    let path: [UInt8]

    init(_ entry: FileEntry, within: [String]) {
        self.entry = entry
        self.within = within
        path = within.last.map { EntryPath($0).bytes } ?? entry.path.bytes
    }

    /// Whether what the tar header says (owner, mode) is about this file itself.
    var isInLayer: Bool { within.isEmpty }
}

/// Where in a file a window lies.
struct WindowPosition {
    /// Of its first byte, in the file.
    let offset: Int
    /// The first byte of the window at which a match may start that an earlier window did not see whole.
    let ownedFrom: Int
}
