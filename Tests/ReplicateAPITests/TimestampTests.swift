import Foundation
import ReplicateAPI
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("2026-11-24T16:16:28Z", 1_795_536_988.0),
        ("2026-11-24T16:16:28.5Z", 1_795_536_988.5),
        ("2026-11-24T16:16:28.123456789Z", 1_795_536_988.123456789),
        ("2026-11-24T18:16:28+02:00", 1_795_536_988.0),
        ("1970-01-01T00:00:00Z", 0),
    ])
    func `a time stamp is read with any number of digits and any offset`(text: String, seconds: Double) throws {
        let date = try #require(Timestamp.parse(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_01)
    }

    @Test(arguments: [
        "", "yesterday", "2026-13-01T00:00:00Z", "2026-11-24", "2026-11-24T16:16:28", "2026-11-24T16:16:28.Z",
    ])
    func `a text that is not a time stamp is nil`(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test(arguments: [
        "1970-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2024-02-29T12:00:00.123Z", "2026-11-24T14:12:11.007Z",
        "2000-03-01T00:00:00.500Z", "1900-03-01T01:02:03.250Z", "9999-12-31T23:59:59.000Z", "0001-01-01T00:00:00.000Z",
    ])
    func `a time stamp that was read is written with the same value`(text: String) throws {
        #expect(Timestamp.format(try #require(Timestamp.parse(text))) == text)
    }

    @Test func `every day of four hundred years is formatted like Foundation does`() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -40_000, to: 110_000, by: 7) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + Double((day * 7_919) % 86_400))
            #expect(Timestamp.format(date) == date.formatted(style))
        }
    }
}
