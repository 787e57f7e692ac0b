import ImageReading
import Model

/// Where a finding says that it stands, which is only worth what the image itself tells of it.
struct ClaimedPlace {
    private let finding: Finding
    /// Whether the evidence is of the image at hand, so that what it tells of the layers must hold.
    private let isSameImage: Bool

    init(of finding: Finding, isSameImage: Bool) {
        self.finding = finding
        self.isSameImage = isSameImage
    }

    /// The layer of `image` that the finding means: one that lies in it more than once is told by its number.
    func layer(in image: Image) -> LayerDescriptor? {
        let same = image.layers.filter { $0.diffID == finding.location.layer?.diffID }
        return same.first(where: isNamed) ?? same.first
    }

    /// Why the evidence does not tell the truth of `layer`; nil where it does, and of another image, which may number and
    /// compress the same bytes otherwise.
    func contradiction(of layer: LayerDescriptor?) -> String? {
        guard isSameImage, let layer, let told = finding.location.layer, !isNamed(layer) else { return nil }
        return "the layer is number \(layer.index), \(layer.digest), "
            + "and not number \(told.index), \(told.digest), as the evidence says"
    }

    private func isNamed(_ layer: LayerDescriptor) -> Bool {
        finding.location.layer
            == Location.LayerReference(index: layer.index, digest: layer.digest, diffID: layer.diffID)
    }

    /// Whether our own detectors reported it, so that running them again tells what of it holds.
    var isOwn: Bool { finding.detector.hasPrefix(Product.name + ".") }

    /// Whether the id is one that follows from the rule and the place: both may have been changed where it does not.
    func hasOwnID(in image: Image) -> Bool {
        image.layers.indices.contains { id($0) == finding.id }
            || id(0) == finding.id
    }

    private func id(_ occurrence: Int) -> String {
        Placed.id(finding.rule, finding.location, occurrence, createdBy: finding.createdBy)
    }

    /// What the detectors see that this finding must be: the one of its id, or else the same secret in its place.
    func counterpart(among seen: [Finding]) -> Finding? {
        let there = seen.filter { isPlace(of: $0) && $0.fingerprint == finding.fingerprint }
        return seen.first { $0.id == finding.id } ?? there.first { $0.rule == finding.rule } ?? there.first
    }

    /// What of the finding is not so, given what the detectors see; nil where all of it is.
    func contradiction(of seen: Finding) -> String? {
        guard seen.fingerprint == finding.fingerprint else {
            return "the detectors see another secret at this place"
        }
        guard isPlace(of: seen) else {
            return "the detectors see it at \(Proof.place(seen.location)), not where the evidence says"
        }
        guard seen.rule == finding.rule else {
            return "the detectors see it by the rule \(seen.rule), not by \(finding.rule)"
        }
        return nil
    }

    /// Whether it stands where the other does, in whatever image the layer lies.
    private func isPlace(of seen: Finding) -> Bool {
        var (place, own) = (seen.location, finding.location)
        guard place.layer?.diffID == own.layer?.diffID else { return false }
        (place.layer, own.layer) = (nil, nil)
        return place == own
    }
}
