import Foundation
import ReplicateAPI

/// Predictions that have ended and whose logs are still at the server: asked for one by one in spare time, before they
/// are gone with the hour.
struct LogQueue: Sendable {
    /// Seconds between two.
    private static let gap = 2.0
    /// Beyond this the oldest are given up: their logs are not worth thousands of requests.
    private static let longest = 500

    private var waiting: [Prediction.ID] = []
    private var openAt = Date.distantPast
    private var asking: Prediction.ID?

    var isEmpty: Bool { waiting.isEmpty && asking == nil }
    var dueAt: Date? { waiting.isEmpty || asking != nil ? nil : openAt }

    mutating func add(_ id: Prediction.ID) {
        waiting.append(id)
        if waiting.count > Self.longest { waiting.removeFirst() }
    }

    mutating func next(now: Date) -> Prediction.ID? {
        guard openAt <= now, asking == nil, !waiting.isEmpty else { return nil }
        openAt = now.addingTimeInterval(Self.gap)
        asking = waiting.removeFirst()
        return asking
    }

    mutating func makeDue() { openAt = .distantPast }

    mutating func finish(_ id: Prediction.ID) { if asking == id { asking = nil } }

    mutating func postpone(_ id: Prediction.ID, now: Date) {
        guard asking == id else { return }
        asking = nil
        openAt = now.addingTimeInterval(Self.gap)
        waiting.append(id)
    }
}
