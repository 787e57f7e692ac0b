import FoundationEssentials
import Model
import Testing

@Suite struct InstantTests {
    @Test(
        "RFC 3339 is read with any offset and fraction, and a date alone",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("2026-11-23t10:00:00z", 1_795_428_000), ("2026-11-23T10:00:00Z", 1_795_428_000),
            ("2026-11-23T12:00:00+02:00", 1_795_428_000),
            ("2026-11-23T10:00:00.5Z", 1_795_428_000), ("2026-11-23T10:00:00.123456789Z", 1_795_428_000),
            ("2026-11-23T04:30:00.9-05:30", 1_795_428_000), ("2026-11-23", 1_795_392_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
            ("9999-12-31T23:59:59Z", 253_402_300_799), ("2024-02-29T00:00:00Z", 1_709_164_800),
        ])
    func read(text: String, seconds: Int) { #expect(Instant(text)?.seconds == seconds) }

    @Test(
        "what is no time is refused",
        arguments: [
            "", "now", "2026", "2026-11", "2026-13-01", "2026-11-23T", "2026-11-23T10:00",
            "2026-11-23T10:00:00",
            "2026-11-23T25:00:00Z", "2026-11-23T10:00:00Zjunk", "2026-11-23T10:00:00.Z", "2026-11-23junk",
            "2026-02-30", "1900-02-29", "2026-00-10", "2026-01-00", "２026-01-01", "2026-11-23T10:00:00+2:00",
            "2026-11-23T10:00:00+24:00", "2026-11-23T10:00:61Z",
            "2026-02-30T00:00:00Z", "2026-11-23T10:00:00.5", "2026-11-23T10:00:00.5Zjunk",
            " 2026-11-23T10:00:00Z",
            "12026-11-23T10:00:00Z",
        ])
    func refused(text: String) { #expect(Instant(text) == nil) }

    @Test(
        "an instant is written in one way, which reads back",
        arguments: [0, 1, -1, 1_795_428_000, -62_135_596_800, 253_402_300_799])
    func written(seconds: Int) throws {
        let instant = Instant(seconds: seconds)
        #expect(instant.description.utf8.count == 20)
        #expect(Instant(instant.description) == instant)
        #expect(instant.description.hasPrefix(instant.day + "T"))
        let data = try JSONEncoder().encode([instant])
        #expect(try JSONDecoder().decode([Instant].self, from: data) == [instant])
    }

    @Test("days are added and taken away")
    func adding() {
        #expect(Instant(seconds: 5).adding(days: 2) == Instant(seconds: 172_805))
        #expect(Instant(seconds: 5).adding(days: -1) == Instant(seconds: -86_395))
    }

    @Test("an instant that nobody can write becomes the nearest that can be")
    func clamped() {
        #expect(Instant(seconds: .max).description == "9999-12-31T23:59:59Z")
        #expect(Instant(seconds: .min).description == "0000-01-01T00:00:00Z")
        #expect(Instant(seconds: 0).adding(days: .max) == Instant(seconds: .max))
        #expect(Instant(seconds: 0).adding(days: .min) == Instant(seconds: .min))
        #expect(Instant("9999-12-31T23:59:59-23:59") == Instant(seconds: .max))
        #expect(Instant(Date(timeIntervalSince1970: .infinity)) == Instant(seconds: .max))
        #expect(Instant(Date(timeIntervalSince1970: -1e300)) == Instant(seconds: .min))
        #expect(Instant(Date(timeIntervalSince1970: -0.5)) == Instant(seconds: -1))
    }

    @Test("every day of two 400-year cycles is written and read back as itself")
    func calendar() {
        for day in stride(from: -146_097, through: 146_097, by: 11) {
            let instant = Instant(seconds: day * 86_400 + 86_399)
            #expect(Instant(instant.description) == instant)
            #expect(Instant(instant.day) == Instant(seconds: day * 86_400))
        }
    }
}
