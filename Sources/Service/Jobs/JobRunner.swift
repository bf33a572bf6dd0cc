import Foundation
import History
import Logging
import Predictions
import ReplicateAPI
import Synchronization

/// Processes accepted jobs: run, result, callback. The state of each job is in the database, so the next start of the service
/// continues where this one stopped.
final class JobRunner: Sendable {
    let history: AsyncHistory
    /// As ``History/RunRecord/account``: jobs of another one are left alone.
    let account: String?
    let live: LiveConfiguration
    let generations: GenerationPipeline
    let sender: CallbackSender
    let metrics: ServiceMetrics
    let logger: Logger
    let sleep: @Sendable (Duration) async throws -> Void

    private let jobs: AsyncStream<ServiceJob>
    private let arrivals: AsyncStream<ServiceJob>.Continuation
    /// Ids of the jobs that this process works on.
    private let active = Mutex<Set<String>>([])
    /// Secret inputs of jobs whose runs are not journaled yet, by the job's id: in memory only.
    private let secrets = Mutex<[String: JSONObject]>([:])

    init(
        history: AsyncHistory,
        account: String?,
        live: LiveConfiguration,
        generations: GenerationPipeline,
        sender: CallbackSender,
        metrics: ServiceMetrics,
        logger: Logger,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.history = history
        self.account = account
        self.live = live
        self.generations = generations
        self.sender = sender
        self.metrics = metrics
        self.logger = logger
        self.sleep = sleep
        (jobs, arrivals) = AsyncStream.makeStream()
    }

    /// Writes the job to the database and begins to process it. Throws when it could not be written; nothing is started then.
    ///
    /// - Parameter secret: the values of the job's secret inputs.
    func accept(_ accepted: ServiceJob, secret: JSONObject = [:]) async throws {
        var job = accepted
        job.account = account
        try await history.writeInTime { [job] in try $0.jobs.journal(job) }
        // Not before: where the job is there already, its own secret stays.
        if !secret.isEmpty { secrets.withLock { $0[job.id] = secret } }
        enqueue(job)
    }

    /// Takes over the jobs of processes that have ended.
    func adoptOrphans() async {
        let account = account
        do {
            let jobs = try await history.write { try $0.jobs.claim { $0 == nil || $0 == account } }
            for job in jobs { enqueue(job) }
        } catch {
            logger.error("jobs_not_read", metadata: ["reason": "\(error)"])
        }
    }

    /// Processes jobs until the task is canceled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs {
                group.addTask {
                    await self.process(job)
                    _ = self.active.withLock { $0.remove(job.id) }
                }
            }
        }
    }

    /// Begins to process the job, unless this process works on it already.
    private func enqueue(_ job: ServiceJob) {
        if active.withLock({ $0.insert(job.id).inserted }) { arrivals.yield(job) }
    }

    private func process(_ accepted: ServiceJob) async {
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

    /// Waits for the end of the run and writes the result to the database. Returns false when the service stops first.
    private func finish(_ job: inout ServiceJob) async -> Bool {
        var result: JSONValue?
        let secret = secrets.withLock { [id = job.id] in $0[id] } ?? [:]
        defer { _ = secrets.withLock { [id = job.id] in $0.removeValue(forKey: id) } }
        while result == nil {
            result = await generations.result(
                of: &job,
                secret: secret,
                save: { job in try await history.write { try $0.jobs.update(job) } }
            )
            // The disk may be full. An accepted job is tried again until its run can be started.
            if result == nil, (try? await sleep(.seconds(30))) == nil { return false }
        }
        job.stage = .ended
        job.endedAt = Date()
        job.result = result
        return await write(job)
    }

    /// Sends the callback once and writes the outcome to the database. Returns false when the service stops, or when another
    /// process has taken the job over.
    private func attempt(_ job: inout ServiceJob, _ address: String) async -> Bool {
        let start = Date()
        job.firstAttemptAt = job.firstAttemptAt ?? start
        // Only the owner of the job may send the callback, and the write fails for any other process.
        guard await write(job) else { return false }
        let outcome = await sender.send(job, to: address, configuration: live.current.callbacks, now: start)
        // It is not known whether an attempt that was interrupted by a stop has arrived. It is not counted, and the next start
        // sends the callback again. A delivery that is known is written in any case.
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

    /// Writes the job, and tries again until it is on the disk: a delivery that is not written would be sent again. Returns
    /// false when the service stops, or when another process has taken the job over.
    private func write(_ job: ServiceJob) async -> Bool {
        while true {
            do {
                try await history.write { try $0.jobs.update(job) }
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
