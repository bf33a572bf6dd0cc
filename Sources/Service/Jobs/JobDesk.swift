import Foundation
import History
import Logging
import Predictions
import ReplicateAPI
import Synchronization

/// Carries accepted jobs to their end: run, result, callback. What is true is in the journal, so that the next start goes
/// on wherever this one stopped.
final class JobDesk: Sendable {
    let history: HistoryDesk
    let live: LiveConfiguration
    let generations: GenerationDesk
    let sender: CallbackSender
    let metrics: ServiceMetrics
    let logger: Logger
    let sleep: @Sendable (Duration) async throws -> Void

    private let jobs: AsyncStream<ServiceJob>
    private let arrivals: AsyncStream<ServiceJob>.Continuation
    /// Jobs that are carried here.
    private let carried = Mutex<Set<String>>([])

    init(
        history: HistoryDesk,
        live: LiveConfiguration,
        generations: GenerationDesk,
        sender: CallbackSender,
        metrics: ServiceMetrics,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.history = history
        self.live = live
        self.generations = generations
        self.sender = sender
        self.metrics = metrics
        self.logger = logger
        self.sleep = sleep
        (jobs, arrivals) = AsyncStream.makeStream()
    }

    /// Makes a job durable and begins with it. Throws when it cannot be made durable: nothing was promised then.
    func accept(_ job: ServiceJob) async throws {
        try await history.writeInTime { try $0.journal(job) }
        take(job)
    }

    /// Takes over what processes that are gone have left.
    func adoptOrphans() async {
        do { for job in try await history.write({ try $0.claimJobs() }) { take(job) } } catch {
            logger.error("jobs_not_read", metadata: ["reason": "\(error)"])
        }
    }

    /// Works until the task is canceled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs {
                group.addTask {
                    await self.carry(job)
                    _ = self.carried.withLock { $0.remove(job.id) }
                }
            }
        }
    }

    private func take(_ job: ServiceJob) {
        if carried.withLock({ $0.insert(job.id).inserted }) { arrivals.yield(job) }
    }

    private func carry(_ accepted: ServiceJob) async {
        var job = accepted
        if job.stage == .accepted, await !finish(&job) { return }
        guard let address = job.callbackURL else { return }
        while job.stage == .ended {
            if let next = job.nextAttemptAt, next > Date() {
                guard (try? await sleep(.seconds(next.timeIntervalSinceNow))) != nil else { return }
            }
            guard await attempt(&job, address) else { return }
        }
    }

    /// Waits for the run's end and writes the result down. False when the service stops before that.
    private func finish(_ job: inout ServiceJob) async -> Bool {
        var result: JSONValue?
        while result == nil {
            result = await generations.result(of: &job, save: { job in try await history.write { try $0.update(job) } })
            // The disk may be full: what was accepted is tried again until it can be begun.
            if result == nil, (try? await sleep(.seconds(30))) == nil { return false }
        }
        job.stage = .ended
        job.endedAt = Date()
        job.result = result
        return await write(job)
    }

    /// False when the service stops, or when another process carries the job by now.
    private func attempt(_ job: inout ServiceJob, _ address: String) async -> Bool {
        let start = Date()
        job.firstAttemptAt = job.firstAttemptAt ?? start
        // Before anything is sent: only who still has the job may call back.
        guard await write(job) else { return false }
        let outcome = await sender.send(job, to: address, configuration: live.current.callbacks, now: start)
        // A stop in mid-attempt is no attempt: it may have arrived or not, and the next start sends it again. What is known
        // to have arrived is written all the same.
        if Task.isCancelled, outcome != .delivered { return false }
        job.attempts += 1
        var facts: Logger.Metadata = ["job_id": "\(job.id)", "attempt": .stringConvertible(job.attempts)]
        switch outcome {
        case .delivered:
            job.stage = .delivered
            job.failure = nil
            metrics.callback(outcome: "delivered")
            logger.info("callback_delivered", metadata: facts)
        case .unwanted:
            job.stage = .undelivered
            job.failure = "the receiver answered 410: it wants no callbacks"
            metrics.callback(outcome: "failed")
        case .failed(let reason, let retryAfter, let detail):
            job.failure = reason
            job.nextAttemptAt = CallbackSchedule.next(
                attempts: job.attempts,
                firstAttemptAt: job.firstAttemptAt ?? start,
                now: Date(),
                retryAfter: retryAfter,
                chance: .random(in: 0...1)
            )
            if job.nextAttemptAt == nil { job.stage = .undelivered }
            metrics.callback(outcome: "failed")
            facts["reason"] = "\(detail ?? reason)"
            logger.warning("callback_failed", metadata: facts)
        }
        return await write(job)
    }

    /// Tried until it is on the disk: a callback that is not known to be delivered would go out again. False when the
    /// service stops, or when another process carries the job by now.
    private func write(_ job: ServiceJob) async -> Bool {
        while true {
            do {
                try await history.write { try $0.update(job) }
                return true
            } catch HistoryError.takenOver {
                logger.warning("job_taken_over", metadata: ["job_id": "\(job.id)"])
                return false
            } catch {
                logger.error("job_not_written", metadata: ["job_id": "\(job.id)", "reason": "\(error)"])
            }
            guard (try? await sleep(.seconds(5))) != nil else { return false }
        }
    }
}
