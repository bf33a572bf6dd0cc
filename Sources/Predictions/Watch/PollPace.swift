import Foundation

/// How fast questions may follow each other, and how soon a prediction is worth one.
struct PollPace: Sendable {
    /// Between two questions about the same, while anything may happen: three requests a second with the few others.
    static let shortest = 0.45
    /// While there is only one prediction, and nothing else to ask.
    static let shortestAlone = 0.36
    /// While a prediction is much younger than its model's usually become.
    private static let longestEarly = 1.35
    /// The API allows 3,000 a minute; some are left for everything else.
    static let mostPerSecond = 45.0
    private static let longestBackoff = 10.0

    /// Seconds, as a person wants them; nil: as this decides.
    private let interval: Double?
    private var lastTakenAt: Date?
    private var failures = 0
    private var blockedUntil: Date?
    /// More than 1 after the server has said 429.
    private var slowdown = 1.0

    init(interval: Double?) { self.interval = interval }

    /// When the next question may go out: five a second, and more only while there are more windows than those refresh
    /// in a second.
    func openAt(windows: Int) -> Date {
        let perSecond = min(max(5, 2.5 + 0.9 * Double(windows)), Self.mostPerSecond) / slowdown
        let spaced = lastTakenAt.map { $0.addingTimeInterval(1 / perSecond) } ?? .distantPast
        return max(spaced, blockedUntil ?? .distantPast)
    }

    mutating func take(now: Date) { lastTakenAt = now }

    mutating func forgetTimes() { (lastTakenAt, blockedUntil) = (nil, nil) }

    mutating func failed(retryAfter: Double?, now: Date) {
        failures += 1
        if retryAfter != nil { slowdown = min(slowdown * 2, 16) }
        let own = min(Self.longestBackoff, 0.5 * pow(2, Double(min(failures, 6)) - 1))
        blockedUntil = now.addingTimeInterval(max(own, retryAfter ?? 0))
    }

    mutating func succeeded() {
        failures = 0
        blockedUntil = nil
        slowdown = max(1, slowdown * 0.98)
    }

    /// Seconds until the next question about a prediction: by what is usual for the model, else by its age.
    func interval(_ createdAt: Date, _ typical: Double?, isAlone: Bool, _ now: Date) -> Double {
        if let interval { return interval }
        let shortest = isAlone ? Self.shortestAlone : Self.shortest
        let age = now.timeIntervalSince(createdAt)
        if let typical {
            // Hardly anything to see yet.
            if age < typical * 0.5 { return min(max(shortest, typical * 0.5 - age), Self.longestEarly) }
            if age < typical * 2 { return shortest }
        }
        return age < 60 ? shortest : age < 600 ? shortest * 2 : shortest * 4
    }
}
