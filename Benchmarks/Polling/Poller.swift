import Foundation
import ReplicateClient

enum Poller: String, CaseIterable {
    case ours
    case everyFiveSeconds
    case everyHalfSecond

    /// Seconds between two questions about each prediction; nil for ours.
    var interval: Double? {
        switch self {
        case .ours: nil
        case .everyFiveSeconds: 5
        case .everyHalfSecond: 0.5
        }
    }

    var title: String {
        switch self {
        case .ours: "darkroom"
        case .everyFiveSeconds: "naive, 5 s"
        case .everyHalfSecond: "naive, 0.5 s"
        }
    }

    func run(_ count: Int, at url: URL) async throws -> Measurement {
        // With few in flight, enough ends for a median.
        let total = max(count, 20)
        if let interval { return try await NaivePoller(interval: interval).run(count, total: total, at: url) }
        return try await OwnPoller.run(count, total: total, at: url)
    }
}

struct Measurement {
    /// Seconds, one an end.
    var lags: [Double]
    /// Questions while anything was in flight and nothing was being created.
    var requests: Int
    /// Of those, answers that were refusals.
    var refused: Int
    var seconds: Double
    var cpuSeconds: Double
    var residentMegabytes: Double
    var finished: Int
    /// nil where outputs are not this poller's business.
    var saved: Int?

    func lag(_ quantile: Double) -> Double {
        let sorted = lags.sorted()
        return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * quantile))]
    }
}

enum Row {
    static let heading =
        "poller        in flight   lag p50   lag p95   lag max   requests/s   CPU      memory   finished   saved"

    static func text(_ poller: Poller, _ count: Int, _ measurement: Measurement) -> String {
        func seconds(_ value: Double) -> String { String(format: "%7.2f s", value) }
        let rate = String(format: "%8.1f", Double(measurement.requests) / measurement.seconds)
        let cpu = String(format: "%5.1f %%", 100 * measurement.cpuSeconds / measurement.seconds)
        let memory = String(format: "%6.1f MB", measurement.residentMegabytes)
        let refused = measurement.refused > 0 ? "   \(measurement.refused) refused" : ""
        return name(poller, count) + seconds(measurement.lag(0.5)) + " " + seconds(measurement.lag(0.95)) + " "
            + seconds(measurement.lag(1)) + "   \(rate)     \(cpu)  \(memory)   \(measurement.finished)   "
            + "\(measurement.saved.map(String.init) ?? "–")\(refused)"
    }

    static func skipped(_ poller: Poller, _ count: Int, _ why: String) -> String { name(poller, count) + "  " + why }

    private static func name(_ poller: Poller, _ count: Int) -> String {
        poller.title.padding(toLength: 14, withPad: " ", startingAt: 0)
            + String(repeating: " ", count: max(0, 9 - "\(count)".count)) + "\(count) "
    }
}
