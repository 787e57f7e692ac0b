package import Model

extension ImageScanner {
    /// `text` with each secret in it replaced by what may be shown of it.
    ///
    /// With the name of a metadata field, rules for that field are looked for as well.
    package func mask(_ text: String, field: String? = nil) -> String {
        let bytes = Array(text.utf8)
        let secrets = secrets(in: bytes, field: field)
        return secrets.isEmpty ? text : Self.replace(secrets, in: bytes)
    }

    /// Every metadata field of `configuration` by its name, masked.
    ///
    /// A secret that is seen in one field is masked in all: a history line often repeats what `Env` holds, in a form
    /// that no rule knows.
    package func maskedFields(of configuration: ImageConfiguration) -> [String: String] {
        let fields = configuration.fields.map { (name: $0.name, bytes: Array($0.text.utf8)) }
        let found = fields.map { secrets(in: $0.bytes, field: $0.name) }
        var known: [[UInt8]: String] = [:]
        for (field, secrets) in zip(fields, found) {
            for secret in secrets where secret.range.count >= 6 {
                known[Array(field.bytes[secret.range])] = secret.preview
            }
        }
        let needles = known.sorted { ($0.key.count, $1.value) > ($1.key.count, $0.value) }
        var masked: [String: String] = [:]
        for (field, secrets) in zip(fields, found) {
            var all = secrets
            for (needle, preview) in needles {
                for range in Self.occurrences(of: needle, in: field.bytes)
                where !all.contains(where: { $0.range.overlaps(range) }) {
                    all.append((range, preview))
                }
            }
            masked[field.name] = Self.replace(
                all.sorted { $0.range.lowerBound < $1.range.lowerBound }, in: field.bytes)
        }
        return masked
    }

    /// `sighting` without secrets in what it quotes from the image, such as the comment of a key.
    func masked(_ sighting: Sighting) -> Sighting {
        guard case .item(var item) = sighting else { return sighting }
        item.title = mask(item.title)
        item.attributes = item.attributes.mapValues { value in
            guard case .text(let text) = value else { return value }
            return .text(mask(text))
        }
        return .item(item)
    }

    /// The secrets in `text`, in order, none of them over another.
    private func secrets(in text: [UInt8], field: String?) -> [(range: Range<Int>, preview: String)] {
        search(text.span, asField: field).settled().compactMap { sighting in
            guard case .finding(let finding) = sighting, let preview = finding.preview,
                let offset = finding.place.offset, let length = finding.place.length
            else { return nil }
            return (offset..<(offset + length), preview.text)
        }
    }

    private static func replace(_ secrets: [(range: Range<Int>, preview: String)], in text: [UInt8]) -> String
    {
        var result: [UInt8] = []
        var position = 0
        for secret in secrets where secret.range.lowerBound >= position {
            result += text[position..<secret.range.lowerBound]
            result += Array(secret.preview.utf8)
            position = secret.range.upperBound
        }
        return String(decoding: result + text[position...], as: UTF8.self)
    }

    private static func occurrences(of needle: [UInt8], in text: [UInt8]) -> [Range<Int>] {
        guard let first = needle.first, text.count >= needle.count else { return [] }
        var ranges: [Range<Int>] = []
        var position = 0
        while position + needle.count <= text.count {
            if text[position] == first, text[position...].starts(with: needle) {
                ranges.append(position..<(position + needle.count))
                position += needle.count
            } else {
                position += 1
            }
        }
        return ranges
    }
}
