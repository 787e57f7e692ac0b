package import FoundationEssentials

/// A point in time, in whole seconds of UTC; written as RFC 3339, `2026-11-23T10:00:00Z`.
///
/// No part of the program asks the clock where a result depends on it: instants are passed in.
package struct Instant: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    ///
    /// Within the years 0 to 9999, so that every instant can be written, and read back.
    package let seconds: Int

    /// The instant of so many seconds; the nearest that can be written where that is none.
    package init(seconds: Int) { self.seconds = min(max(seconds, -62_167_219_200), 253_402_300_799) }

    /// The instant of `date`, cut to whole seconds.
    package init(_ date: Date) {
        let interval = date.timeIntervalSince1970.rounded(.down)
        self.init(seconds: Int(exactly: interval) ?? (interval < 0 ? .min : .max))
    }

    /// The instant written in `text` as RFC 3339, with any offset and fraction, or as a date alone (its first second).
    package init?(_ text: String) {
        var reader = TimestampReader(text)
        guard let seconds = reader.seconds() else { return nil }
        self.init(seconds: seconds)
    }

    /// The day alone, `2026-11-23`.
    package var day: String { CivilDay(number: dayNumber).description }

    /// The instant this many days later, earlier where negative.
    package func adding(days: Int) -> Instant {
        let (span, overflow) = days.multipliedReportingOverflow(by: 86_400)
        guard !overflow, abs(span) < 1 << 60 else { return Instant(seconds: days < 0 ? .min : .max) }
        return Instant(seconds: seconds + span)
    }

    /// Days since 1970-01-01.
    private var dayNumber: Int { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }
}

extension Instant: Comparable {
    package static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}

extension Instant: CustomStringConvertible {
    package var description: String {
        let second = seconds - dayNumber * 86_400
        let time = [second / 3_600, second / 60 % 60, second % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(day)T\(time.joined(separator: ":"))Z"
    }
}

extension Instant: WrittenAsText {
    package static var fault: String { "not an RFC 3339 time" }

    package var written: String { description }

    package static func read(_ written: String) -> Instant? { Instant(written) }
}
