package import FoundationEssentials

/// A point in time, in whole seconds of UTC; written as RFC 3339, `2026-11-23T10:00:00Z`.
///
/// No part of the program asks the clock where a result depends on it: instants are passed in.
package struct Instant: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    /// The instant of `date`, cut to whole seconds.
    package init(_ date: Date) { seconds = Int(date.timeIntervalSince1970.rounded(.down)) }

    /// The instant written in `text` as RFC 3339, with any offset and fraction, or as a date alone (its first second).
    package init?(_ text: String) {
        let style = Date.ISO8601FormatStyle()
        if let date = try? Date(text, strategy: style) {
            self.init(date)
        } else if let date = try? Date(text, strategy: style.year().month().day()), text.utf8.count == 10 {
            self.init(date)
        } else if let dot = text.firstIndex(of: "."),
            let end = text[dot...].dropFirst().firstIndex(where: { !$0.isNumber }),
            let date = try? Date(text[..<dot] + text[end...], strategy: style)
        {
            self.init(date)
        } else {
            return nil
        }
    }

    /// The same instant as Foundation's type.
    package var date: Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }

    /// The day alone, `2026-11-23`.
    package var day: String { date.formatted(Date.ISO8601FormatStyle().year().month().day()) }

    /// The instant this many days later, earlier where negative.
    package func adding(days: Int) -> Instant { Instant(seconds: seconds + days * 86_400) }
}

extension Instant: Comparable {
    package static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}

extension Instant: CustomStringConvertible {
    package var description: String { date.formatted(Date.ISO8601FormatStyle()) }
}

extension Instant: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
