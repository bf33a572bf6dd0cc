import Foundation
import History
import Logging
import ReplicateAPI
import ReplicateClient

extension PredictionRunner {
    /// Questions under way at once: what a rate of 45 a second needs at a sixth of a second each.
    private static let mostQuestions = 8

    /// Sees to it that the loop runs, and that it looks at the clock anew.
    func pump() {
        guard !isStopped else { return }
        resumePauses()
        guard loop == nil else { return }
        loop = Task { await withTaskExecutorPreference(pool) { await self.run() } }
    }

    private func run() async {
        while !isStopped {
            var wait: Double? = sendWhatMay()
            let now = client.clock.now()
            if asking < Self.mostQuestions {
                if let order = schedule.next(now: now) {
                    asking += 1
                    work {
                        await self.ask(order)
                        await self.answered()
                    }
                    continue
                }
                if let due = schedule.dueAt(now: now) {
                    let left = max(due.timeIntervalSince(now), 0.002)
                    wait = min(wait ?? left, left)
                }
            }
            // With questions or creations under way, their end wakes the loop.
            guard wait != nil || asking > 0 || sending > 0 else { break }
            await pause(wait)
        }
        loop = nil
        // Something may have come between the last look and the end.
        if !isStopped, !queue.isEmpty || !schedule.isEmpty { pump() }
    }

    /// Begins to send what the creation budget allows; returns the seconds until it allows more, nil when nothing waits.
    private func sendWhatMay() -> Double? {
        while !queue.isEmpty, sending < mostCreations {
            guard let run = active[queue[0]], run.stage == .queued else {
                queue.removeFirst()
                continue
            }
            if let delay = budget.take(now: client.clock.now()) { return delay }
            queue.removeFirst()
            sending += 1
            work { await self.prepare(run) }
        }
        return nil
    }

    private func answered() {
        asking -= 1
        resumePauses()
    }

    /// A place for a creation is free again.
    func sent() {
        sending -= 1
        pump()
    }

    /// Sleeps until then, or until ``pump()``; nil: only the latter.
    private func pause(_ seconds: Double?) async {
        await withCheckedContinuation { continuation in
            pauses.append(continuation)
            guard let seconds else { return }
            alarm = Task {
                try? await withTaskExecutorPreference(pool) { try await sleep(.seconds(seconds)) }
                if !Task.isCancelled { self.resumePauses() }
            }
        }
    }

    func resumePauses() {
        alarm?.cancel()
        alarm = nil
        for pause in pauses { pause.resume() }
        pauses = []
    }

    // MARK: The connection

    func heard() {
        guard outage != nil else { return }
        outage = nil
        onUpdate(.online)
    }

    /// Says once why asking fails; it is a state of the connection, not of any run.
    func failed(_ error: APIError) {
        logger.notice("asking failed", metadata: ["request": "\(error.request)", "code": "\(error.code.rawValue)"])
        let reason = error.explanation
        guard outage != reason else { return }
        outage = reason
        onUpdate(.offline(reason))
    }
}

extension APIError {
    /// Seconds the server asks to wait; nil when it does not.
    var wait: Double? {
        retryAfter.map { Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18 }
    }
}
