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
    func `what is no time stamp is nil`(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }
}
