/// Reads RFC 3339: `2026-11-23T10:00:00.5+02:00`, or a date alone.
///
/// Our own, because Foundation's reader takes the 30th of February and leaves out what stands behind the time.
struct TimestampReader {
    private var remaining: Substring.UTF8View

    init(_ text: String) { remaining = text[...].utf8 }

    /// Seconds since 1970-01-01T00:00:00Z; nil where the text is no time, or anything stands behind it.
    mutating func seconds() -> Int? {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
            let date = CivilDay(year: year, month: month, day: day)
        else { return nil }
        let midnight = date.number * 86_400
        guard !remaining.isEmpty else { return midnight }
        // The 60th second is a leap second, which the count leaves out.
        guard take("T") || take("t"), let hour = number(2), hour < 24, take(":"), let minute = number(2),
            minute < 60,
            take(":"), let second = number(2), second <= 60, takeFraction(), let offset = offset(),
            remaining.isEmpty
        else { return nil }
        return midnight + hour * 3_600 + minute * 60 + second - offset
    }

    /// Whether there is no fraction, or a whole one, which is left out.
    private mutating func takeFraction() -> Bool {
        guard take(".") else { return true }
        let digits = remaining.prefix(while: Self.isDigit)
        remaining = remaining.dropFirst(digits.count)
        return !digits.isEmpty
    }

    /// Seconds east of Greenwich.
    private mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isWest = remaining.first == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = number(2), hours < 24, take(":"), let minutes = number(2),
            minutes < 60
        else { return nil }
        return (isWest ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    /// The number written in exactly `count` digits.
    private mutating func number(_ count: Int) -> Int? {
        let digits = remaining.prefix(count)
        guard digits.count == count, digits.allSatisfy(Self.isDigit) else { return nil }
        remaining = remaining.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard remaining.first == UInt8(ascii: character) else { return false }
        remaining = remaining.dropFirst()
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
