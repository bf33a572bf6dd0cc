package import Foundation

/// When the server may have created a run whose answer was lost, by the server's clock. Pure.
///
/// It reaches from the time that was journaled before the request to the moment when the loss was noticed: a write that
/// waits for a lock, and a process that was stopped in between, send the request much later than was journaled. Where what
/// is known of the server's clock has changed since, the window covers the time by either reading, and
/// ``isCertain`` is false.
package struct CreationWindow: Hashable, Sendable {
    /// Seconds before and after: what the server needs after the request has left, and what clocks differ by.
    package static let margin = 60.0
    /// Seconds by which two readings of the server's clock may differ and still be the same clock.
    package static let tolerance = 30.0

    private let sentAt: Date
    private let sentSkew: Double?
    private let noticedAt: Date
    private var isClockKnown = false
    private var hasClockJumped = false

    /// The earliest time at which it may have been created.
    package private(set) var start: Date
    /// The latest time at which it may have been created.
    package private(set) var end: Date

    /// Whether a creation outside of the window can be excluded: the server's clock is known, and was the same one when the
    /// run was sent.
    package var isCertain: Bool { isClockKnown && !hasClockJumped }

    /// - Parameters:
    ///   - sentAt: the server's time that was journaled before the request.
    ///   - sentSkew: seconds by which the server was ahead of this machine's clock, as it was known then; nil: not kept.
    ///   - noticedAt: when the answer was found to be lost, by this machine's clock.
    ///   - skew: as `sentSkew`, as it is known now; nil: no answer has told the server's time yet.
    ///   - answerTimeout: how long the request may have been on its way.
    package init(sentAt: Date, sentSkew: Double?, noticedAt: Date, skew: Double?, answerTimeout: Duration) {
        self.sentAt = sentAt
        self.sentSkew = sentSkew
        self.noticedAt = noticedAt
        start = sentAt.addingTimeInterval(-Self.margin)
        end = sentAt.addingTimeInterval(Double(answerTimeout.components.seconds) + Self.margin)
        include(noticedAt.addingTimeInterval(skew ?? sentSkew ?? 0))
        learn(skew)
    }

    /// Takes over what is known of the server's clock by now; as the parameter `skew` of the initializer.
    package mutating func learn(_ skew: Double?) {
        guard let skew else { return }
        isClockKnown = true
        let noticed = noticedAt.addingTimeInterval(skew)
        include(noticed)
        // Nothing is noticed before it is sent.
        if noticed.timeIntervalSince(sentAt) < -Self.tolerance { hasClockJumped = true }
        guard let sentSkew else { return }
        include(sentAt.addingTimeInterval(skew - sentSkew))
        if (skew - sentSkew).magnitude > Self.tolerance { hasClockJumped = true }
    }

    private mutating func include(_ time: Date) {
        start = min(start, time.addingTimeInterval(-Self.margin))
        end = max(end, time.addingTimeInterval(Self.margin))
    }
}
