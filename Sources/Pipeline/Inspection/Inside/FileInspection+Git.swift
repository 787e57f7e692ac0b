import Archives
import Detection
import Model

/// What was committed once and taken out again is in a repository for good, and no search of its bytes sees it.
extension FileInspection {
    /// What a pack's objects take that others may be changes to, and the two at hand.
    private static let packMemory = 24 << 20

    /// Reads a bundle, which is a pack behind the names of commits.
    func openBundle(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        guard try window.skip(margin: GitBundle.margin, toFirst: { bytes, _ in GitBundle.pack(in: bytes) })
        else {
            return result.note(.unreadable, "Git bundle: no pack is found behind the names in it")
        }
        try openPack(entry, at: window, within: within, meter: meter, into: &result)
    }

    /// Reads the objects of a pack, each looked at as a file of its own.
    ///
    /// A pack is one stream, so what an object is a change to must have come before, and not too long. Of what is
    /// neither, only what is new is seen.
    func openPack(
        _ entry: FileEntry, at window: WindowedByteSource, within: [String], meter: ExpansionMeter,
        into result: inout Result
    ) throws {
        guard within.count < limit.depth else {
            result.note(.depthLimit, "Git pack inside \(within.count) others")
            return
        }
        let taken = memory.take(Self.packMemory)
        defer { memory.giveBack(taken) }
        var pack = PackInspection(capacity: max(0, taken - 2 * Self.largestPart), detectors: detectors)
        do throws(ArchiveError) {
            let reader = try GitPackReader.open(window)
            while let header = try reader.next() {
                try inspect(header, from: reader, &pack, entry, within: within, meter: meter, into: &result)
            }
        } catch {
            note(error, "Git pack", in: window, meter, into: &result)
        }
        do throws(ArchiveError) {
            for (place, object) in pack.takeWaiting(isEnd: true) {
                try inspect(
                    .object(object), at: place, &pack, entry, within: within, meter: meter, into: &result)
            }
        } catch {
            note(error, "Git pack", in: window, meter, into: &result)
        }
        if pack.unresolved > 0 {
            let detail =
                "\(pack.unresolved) Git objects are changes to what is not at hand; only what is new was searched"
            result.note(.sizeLimit, detail)
        }
        if pack.missesPaths {
            result.note(
                .sizeLimit,
                "Git pack: content that is named late, or often, was not looked at as the files it is")
        }
        try window.finish()
    }

    private func inspect(
        _ header: GitPackReader.Header, from reader: GitPackReader, _ pack: inout PackInspection,
        _ entry: FileEntry, within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        let content = MeteredByteSource(reader, meter: meter, stored: levels[0].window, limit: nil)
        guard header.size <= Self.largestPart else {
            if case .whole = header.form {} else { pack.unresolved += 1 }
            var found = Result()
            try inspect(
                part: "object at byte \(header.place)", of: entry, content, size: header.size, within: within,
                meter: meter, into: &found)
            _ = try reader.drain()
            return pack.add(found, depth: within.count, to: &result)
        }
        let bytes = try Self.collect(content, size: header.size, limit: Self.largestPart) ?? []
        let resolved = try pack.object(header, bytes)
        if case .object = resolved, case .whole = header.form {
        } else {
            try meter.count(resolved.bytes.count, from: levels[0].window.watched)
        }
        if !pack.putOff(resolved, at: header.place) {
            try inspect(
                resolved, at: header.place, &pack, entry, within: within, meter: meter, into: &result)
        }
        for (place, object) in pack.takeWaiting() {
            try inspect(
                .object(object), at: place, &pack, entry, within: within, meter: meter, into: &result)
        }
    }

    private func inspect(
        _ resolved: PackInspection.Resolved, at place: Int, _ pack: inout PackInspection, _ entry: FileEntry,
        within: [String], meter: ExpansionMeter, into result: inout Result
    ) throws(ArchiveError) {
        var found = Result()
        try inspect(
            part: pack.title(of: resolved, at: place), of: entry, MemoryByteSource(resolved.bytes),
            size: resolved.bytes.count, within: within, meter: meter, into: &found)
        if case .object(let object) = resolved, object.kind == .blob {
            for path in pack.others(of: object) {
                try meter.count(resolved.bytes.count, from: levels[0].window.watched)
                var other = Result()
                try inspect(
                    part: pack.title(of: resolved, at: place, path: path), of: entry,
                    MemoryByteSource(resolved.bytes), size: resolved.bytes.count, within: within,
                    meter: meter,
                    into: &other)
                found.add(other.sightings.filter { !$0.isSeen(in: found.sightings) })
            }
        }
        pack.add(found, depth: within.count, to: &result)
    }

    func note(
        _ error: ArchiveError, _ kind: String, in window: WindowedByteSource, _ meter: ExpansionMeter,
        into result: inout Result
    ) {
        // Where the file itself ends early, that is told of it.
        guard window.failure == nil else { return }
        var gap = Self.gap(error, kind, meter)
        // What follows is compressed, and nobody has seen it.
        if gap.reason == .malformedArchive { gap.reason = .unreadable }
        result.note([gap])
    }
}

extension Sighting {
    /// Whether one of `others` shows the same thing at the same place, whatever the file is called.
    func isSeen(in others: [Sighting]) -> Bool {
        others.contains { $0.place.offset == place.offset && $0.isSame(as: self) }
    }
}
