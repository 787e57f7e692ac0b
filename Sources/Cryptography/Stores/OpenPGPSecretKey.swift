/// A secret key of OpenPGP in binary form, as `gpg --export-secret-keys` writes it and `secring.gpg` holds it (RFC 9580).
enum OpenPGPSecretKey {
    /// Whether the first packet may be a secret key's, of either format.
    static func mayBegin(_ first: UInt8) -> Bool { (0x94...0x96).contains(first) || first == 0xc5 }

    /// Whether the secret part of the first key is under a passphrase; nil where the file begins with no secret key.
    static func isEncrypted(_ file: Span<UInt8>) -> Bool? {
        guard file.count > 16, mayBegin(file[0]), let body = body(of: file), body.count > 12 else {
            return nil
        }
        var place = body.lowerBound
        let version = file[place]
        guard (3...6).contains(version) else { return nil }
        // Version and time, the days of validity or the length of the public part, and the algorithm.
        place += version == 3 ? 7 : 5
        let algorithm = file[place]
        place += version > 4 ? 5 : 1
        guard let end = publicPart(of: algorithm, from: place, in: file, until: body.upperBound),
            end < body.upperBound
        else { return nil }
        return file[end] != 0
    }

    /// The content of the first packet.
    private static func body(of file: Span<UInt8>) -> Range<Int>? {
        let header: Int
        let length: Int
        switch (file[0], file[1]) {
        case (0x94, let one): (header, length) = (2, Int(one))
        case (0xc5, let one) where one < 192: (header, length) = (2, Int(one))
        case (0x95, _): (header, length) = (3, number(2, at: 1, in: file))
        case (0x96, _): (header, length) = (5, number(4, at: 1, in: file))
        case (0xc5, let one) where one < 224:
            (header, length) = (3, (Int(one) - 192) << 8 + Int(file[2]) + 192)
        case (0xc5, 255): (header, length) = (6, number(4, at: 2, in: file))
        default: return nil
        }
        guard length > 0, length <= file.count - header else { return nil }
        return header..<header + length
    }

    /// Where the public part ends, by what its algorithm has there; nil for an algorithm that there is not.
    private static func publicPart(
        of algorithm: UInt8, from start: Int, in file: Span<UInt8>, until limit: Int
    ) -> Int? {
        switch algorithm {
        case 1...3: return integers(2, from: start, in: file, until: limit)
        case 16: return integers(3, from: start, in: file, until: limit)
        case 17: return integers(4, from: start, in: file, until: limit)
        case 18, 19, 22:
            guard start < limit, (1...16).contains(file[start]) else { return nil }
            let point = start + 1 + Int(file[start])
            guard let end = integers(1, from: point, in: file, until: limit) else { return nil }
            guard algorithm == 18 else { return end }
            return end < limit ? end + 1 + Int(file[end]) : nil
        case 25, 27: return start + 32
        case 26: return start + 56
        case 28: return start + 57
        default: return nil
        }
    }

    /// Where so many integers of any precision end, each behind the number of its bits.
    private static func integers(_ count: Int, from start: Int, in file: Span<UInt8>, until limit: Int)
        -> Int?
    {
        var place = start
        for _ in 0..<count {
            guard place + 2 <= limit else { return nil }
            let bits = number(2, at: place, in: file)
            guard (1...16_384).contains(bits) else { return nil }
            place += 2 + (bits + 7) / 8
        }
        return place <= limit ? place : nil
    }

    private static func number(_ count: Int, at place: Int, in file: Span<UInt8>) -> Int {
        (0..<count).reduce(0) { $0 << 8 | Int(file[place + $1]) }
    }
}
