internal import Cryptography
internal import Model

extension Image {
    /// No engine stacks a quarter as many layers, and no builder takes as many steps.
    private static let layerLimit = 2_000
    private static let stepLimit = 10_000

    /// Puts an image together from its parts, which must agree.
    static func assemble(
        name: String, digest: Digest, annotations: [String: String], config: BlobDescriptor,
        configBytes: [UInt8], layers: [BlobDescriptor], blobs: any BlobStore
    ) throws(ImageError) -> Image {
        let place = config.digest.text
        let document = try DocumentReader.decode(configBytes, as: Documents.Configuration.self, at: place)
        guard let stored = document.rootfs?.diffIDs else {
            throw ImageError(.notAnImage, at: place, "configuration is not that of a container image")
        }
        let diffIDs = stored.compactMap { Digest($0) }
        guard diffIDs.count == stored.count else {
            throw ImageError(.malformedDocument, at: place, "configuration has an invalid diff_id")
        }
        guard diffIDs.count == layers.count else {
            throw ImageError(
                .malformedDocument, at: place,
                "configuration names \(diffIDs.count) layers and the manifest \(layers.count)")
        }
        guard layers.count <= layerLimit, document.history?.count ?? 0 <= stepLimit else {
            throw ImageError(
                .tooLarge, at: place,
                "image has \(layers.count) layers and \(document.history?.count ?? 0) steps of history, which is more "
                    + "than \(layerLimit) and \(stepLimit)")
        }
        let descriptors = layers.indices.map { index in
            LayerDescriptor(
                index: index, digest: layers[index].digest, diffID: diffIDs[index],
                mediaType: layers[index].mediaType, size: layers[index].size ?? 0,
                urls: layers[index].urls)
        }
        let configuration = ImageConfiguration(
            document, annotations: annotations,
            otherText: try DocumentReader.decode(configBytes, as: ConfigurationText.self, at: place).fields)
        let history = LayerHistory.match(configuration.history, with: descriptors)
        return Image(
            name: name, digest: digest, platform: document.platform,
            created: document.created.flatMap { Instant($0) }, configDigest: config.digest,
            annotations: annotations, configuration: configuration, layers: descriptors,
            steps: history.steps, historyMismatch: history.mismatch, blobs: blobs)
    }
}

extension Documents.Configuration {
    /// The platform that the configuration states; `unknown` where it states none, or says something else there.
    var platform: Platform {
        func name(_ text: String?) -> String? { text.flatMap { Platform.isName($0) ? $0 : nil } }
        return Platform(
            system: name(os) ?? "unknown", architecture: name(architecture) ?? "unknown",
            variant: name(variant))
    }
}

extension ImageConfiguration {
    /// The values of `document`: what JSON keeps in no order, sorted by name.
    init(_ document: Documents.Configuration, annotations: [String: String], otherText: [Field]) {
        let settings = document.config
        let environment = (settings?.env ?? []).map { entry in
            // Not by characters, to which an equals sign under an accent is none: the value would be shown as a name.
            let parts = entry.utf8.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false
            ).map { String(decoding: $0, as: UTF8.self) }
            return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
        let labels = (settings?.labels ?? [:]).sorted { $0.key < $1.key }
        self.init(
            user: settings?.user ?? "", environment: environment,
            labels: labels.map { (name: $0.key, value: $0.value) }, command: settings?.cmd ?? [],
            entrypoint: settings?.entrypoint ?? [], healthcheck: settings?.healthcheck?.test ?? [],
            workingDirectory: settings?.workingDirectory ?? "",
            exposedPorts: (settings?.exposedPorts ?? [:]).keys.sorted(),
            volumes: (settings?.volumes ?? [:]).keys.sorted(), author: document.author,
            history: (document.history ?? []).map { step in
                Step(
                    createdBy: step.createdBy, created: step.created.flatMap { Instant($0) },
                    comment: step.comment, author: step.author, emptyLayer: step.emptyLayer ?? false)
            },
            onBuild: settings?.onBuild ?? [], shell: settings?.shell ?? [],
            stopSignal: settings?.stopSignal ?? "",
            annotations: annotations.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) },
            otherText: otherText)
    }
}
