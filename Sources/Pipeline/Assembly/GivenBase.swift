import ImageReading
import Model
import Reporting

/// The base that somebody gave, for every platform it is asked for opened once.
struct GivenBase {
    private let name: String
    private let connection: ConnectionSelection
    private var opened: [Platform: Result<Image?, AuditError>] = [:]

    init(name: String, connection: ConnectionSelection = ConnectionSelection()) {
        self.name = name
        self.connection = connection
    }

    /// What `image` has of the base's layers; the base of the same platform is compared.
    ///
    /// A build cache has layers of every stage, of which each may be built on another base: nothing is said of it.
    mutating func base(of image: Image) throws(AuditError) -> ImageFacts.Base? {
        guard image.kind == .image else { return nil }
        let base = try base(for: image.platform)
        let shared = zip(image.layers, base?.layers ?? []).prefix { $0.diffID == $1.diffID }.count
        return ImageFacts.Base(
            name: name, digest: base?.digest, layers: shared, source: .given, ownLayers: base?.layers.count)
    }

    /// Nil where the base is not to be had for this platform, so that no layer can be from it.
    private mutating func base(for platform: Platform) throws(AuditError) -> Image? {
        if let result = opened[platform] { return try result.get() }
        let result = Result { () throws(AuditError) in try open(platform) }
        opened[platform] = result
        return try result.get()
    }

    private func open(_ platform: Platform) throws(AuditError) -> Image? {
        do {
            return try ImageSelection.open(
                name, platform: platform.isUnknown ? nil : platform.description, connection: connection
            ).first
        } catch  where error.code == .noSuchPlatform {
            guard platform.variant != nil else { return nil }
            // Many an image leaves out the variant that its base names, and the other way round.
            return try open(
                Platform(system: platform.system, architecture: platform.architecture, variant: nil))
        } catch {
            throw AuditError(code: error.code, place: error.place, reason: "base image: \(error.reason)")
        }
    }
}

extension ImageFacts.Base {
    /// What whoever gave a base should hear of it besides the report; nil where it is one.
    func warning(of image: ImageFacts) -> String? {
        guard source == .given, layers == 0 else { return nil }
        let image = "\(SafeText.cleaning(image.name)), \(SafeText.cleaning(image.platform))"
        let base = SafeText.cleaning(name ?? "the given base")
        guard ownLayers != nil else {
            return "\(base) is not to be had for the platform of \(image): no layer counts as inherited"
        }
        return "\(base) shares no layer with \(image): none counts as inherited"
    }
}
